import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type en from '../words/en/index.ts'

/** The languages that the console speaks, each by its own name. */
export const languages = { en: 'English', ur: 'اردو' } as const
export type Language = keyof typeof languages

/** Only what is spoken is loaded. */
const words: Record<Language, () => Promise<{ default: typeof en }>> = {
  en: () => import('../words/en/index.ts'),
  ur: () => import('../words/ur/index.ts'),
}

const kept = 'outdial.language'

function chosenLanguage(): Language {
  const known = (tag: string | null | undefined): tag is Language =>
    tag !== null && tag !== undefined && tag in languages
  const chosen = localStorage.getItem(kept)
  return known(chosen) ? chosen : (navigator.languages.map((tag) => tag.split('-')[0]).find(known) ?? 'en')
}

export async function startLanguage(): Promise<void> {
  const language = chosenLanguage()
  await i18next.use(initReactI18next).init({
    resources: { [language]: { words: (await words[language]()).default } },
    lng: language,
    // Every language has every word; a test holds them together.
    fallbackLng: false,
    defaultNS: 'words',
    interpolation: { escapeValue: false },
  })
  showLanguage()
  i18next.on('languageChanged', showLanguage)
}

export async function speak(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'words', (await words[language]()).default)
  localStorage.setItem(kept, language)
  await i18next.changeLanguage(language)
}

function showLanguage(): void {
  document.documentElement.lang = i18next.language
  document.documentElement.dir = i18next.dir()
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof en }
  }
}

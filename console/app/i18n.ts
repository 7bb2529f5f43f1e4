import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { later } from '../lib/later.ts'
import type first from '../words/en/first.ts'
import type en from '../words/en/index.ts'

/** The languages that the console speaks, each by its own name. */
export const languages = { en: 'English', ur: 'اردو' } as const
export type Language = keyof typeof languages

/** Only what is spoken is loaded, and of that what the first page says before the rest. */
const words: Record<
  Language,
  { first: () => Promise<{ default: typeof first }>; all: () => Promise<{ default: typeof en }> }
> = {
  en: { first: () => import('../words/en/first.ts'), all: () => import('../words/en/index.ts') },
  ur: { first: () => import('../words/ur/first.ts'), all: () => import('../words/ur/index.ts') },
}

const kept = 'outdial.language'

function chosenLanguage(): Language {
  const known = (tag: string | null | undefined): tag is Language =>
    tag !== null && tag !== undefined && tag in languages
  const chosen = localStorage.getItem(kept)
  return known(chosen) ? chosen : (navigator.languages.map((tag) => tag.split('-')[0]).find(known) ?? 'en')
}

let started: Promise<void> | null = null

export function startLanguage(): Promise<void> {
  started ??= start()
  return started
}

async function start(): Promise<void> {
  const language = chosenLanguage()
  await i18next.use(initReactI18next).init({
    resources: { [language]: { words: (await words[language].first()).default } },
    lng: language,
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => console.error(`There are no words for ${key}`),
    // Every language has every word; a test holds them together.
    fallbackLng: false,
    defaultNS: 'words',
    interpolation: { escapeValue: false },
  })
  showLanguage()
  i18next.on('languageChanged', showLanguage)
}

/** The words of every page, for pages but the first to wait for. */
export const allWords = later(async () => {
  await startLanguage()
  await addWords(i18next.language as Language)
})

async function addWords(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'words', (await words[language].all()).default)
}

export async function speak(language: Language): Promise<void> {
  await addWords(language)
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

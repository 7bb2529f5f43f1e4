import { useSyncExternalStore } from 'react'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const kept = 'outdial.theme'
const darkness = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function read(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'system'
}

function show(): void {
  const theme = read()
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && darkness.matches))
}

darkness.addEventListener('change', show)

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(kept, theme)
  show()
  for (const listener of listeners) listener()
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
}

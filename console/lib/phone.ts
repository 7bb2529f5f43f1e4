import { useSyncExternalStore } from 'react'

/** The numbering plans are loaded when the first number is shown. */
let format: ((e164: string) => string) | null = null
const listeners = new Set<() => void>()

async function load(): Promise<void> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  format = (e164) => {
    const read = parsePhoneNumberFromString(e164)
    return read?.isPossible() ? read.formatInternational() : e164
  }
  for (const listener of listeners) listener()
}

/** An E.164 number as people write it; as it is until the plans are there, or where no plan knows it. */
export function usePhoneFormat(): (e164: string) => string {
  const known = useSyncExternalStore(
    (listener) => {
      if (listeners.size === 0 && format === null) load()
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => format,
  )
  return known ?? ((e164) => e164)
}

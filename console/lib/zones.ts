/** Times on other people's clocks. A local time is written as a field of a form has it, such as 2026-11-23T15:00. */

const parts = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = parts.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  parts.set(zone, made)
  return made
}

/** What the clocks of a zone show at an instant. */
export const localOf = (at: number, zone: string): string => formatOf(zone).format(at).replace(' ', 'T')

/** The instant at which the clocks of a zone show this; of two the first, null where they skip it. */
export function instantOf(local: string, zone: string): number | null {
  const wanted = Date.parse(`${local}Z`)
  if (Number.isNaN(wanted)) return null
  const shift = (at: number) => Date.parse(`${localOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000
  const day = 86_400_000
  const guesses = [wanted - shift(wanted - day), wanted - shift(wanted + day)].sort((one, other) => one - other)
  return guesses.find((at) => localOf(at, zone) === local) ?? null
}

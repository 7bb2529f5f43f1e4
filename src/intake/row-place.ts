import { regionCode, zonesOfCountry } from '#domain/number-zones.ts'
import { isZone } from '#domain/zone-offset.ts'

/** Short names that no locale data has. */
const shortNames: Record<string, string> = {
  usa: 'US',
  us: 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  uae: 'AE',
  ksa: 'SA',
  holland: 'NL',
  pak: 'PK',
  ind: 'IN',
  aus: 'AU',
  nzl: 'NZ',
  gbr: 'GB',
  can: 'CA',
  deu: 'DE',
  fra: 'FR',
  irl: 'IE',
  esp: 'ES',
  ita: 'IT',
}
/** Languages in which lists name countries. */
const languages = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl', 'tr']
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

let countriesByName: Map<string, string> | undefined
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[.]/g, '').trim().toLowerCase()

function nameCountries(): Map<string, string> {
  const names = new Map(Object.entries(shortNames))
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => zonesOfCountry(code).length > 0)
  for (const language of languages) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code)
      if (name && !names.has(fold(name))) names.set(fold(name), code)
    }
  }
  return names
}

/** The ISO code of a country given as code or name; null for what is neither. */
export function readCountry(text: string): string | null {
  const wanted = text.trim()
  const code = wanted.toUpperCase()
  if (/^[A-Z]{2}$/.test(code) && zonesOfCountry(code).length > 0) return code
  countriesByName ??= nameCountries()
  return countriesByName.get(fold(wanted)) ?? null
}

/** A state or province: its code where it has one, otherwise as it is written. */
export function readRegion(text: string): string {
  return regionCode(text) ?? text
}

const zoneNames = new Map<string, string | null>()

/** The zone's own spelling; null for `EST5`, `+05:00` and other things that don't know summer time. */
export function readZone(text: string): string | null {
  const wanted = text.trim().replaceAll(' ', '_')
  const known = zoneNames.get(wanted)
  if (known !== undefined) return known
  // The names come from an uploaded file: a list of rubbish must not fill the memory.
  if (zoneNames.size > 2_000) zoneNames.clear()
  const zone =
    /\//.test(wanted) && isZone(wanted)
      ? new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone
      : null
  zoneNames.set(wanted, zone)
  return zone
}

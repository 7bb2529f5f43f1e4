import type { Row } from './old-files.ts'

/** Values of old rows, whatever type they came in: a CSV knows text alone. */

/** The first of these names that has something. */
export function text(row: Row, ...names: string[]): string | null {
  for (const name of names) {
    const value = row[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  }
  return null
}

export function count(row: Row, ...names: string[]): number | null {
  const value = Number(text(row, ...names) ?? Number.NaN)
  return Number.isFinite(value) ? value : null
}

export function whole(row: Row, bounds: { min: number; max: number }, ...names: string[]): number | null {
  const value = count(row, ...names)
  return value === null ? null : Math.min(bounds.max, Math.max(bounds.min, Math.round(value)))
}

/** An instant in ISO 8601; a bare date is its first moment in UTC. */
export function instant(row: Row, ...names: string[]): string | null {
  const at = Date.parse(text(row, ...names) ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

export function timeOfDay(value: unknown): string | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(typeof value === 'string' ? value.trim() : '') ?? []
  return hours === undefined ? null : `${hours.padStart(2, '0')}:${minutes}`
}

export function object(row: Row, name: string): Row | null {
  const value = row[name]
  const is = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  return is ? (value as Row) : null
}

/** The members that have something: a body never says null where it says nothing. */
export function said<Body extends object>(body: { [Name in keyof Body]: Body[Name] | null }): Partial<Body> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as Partial<Body>
}

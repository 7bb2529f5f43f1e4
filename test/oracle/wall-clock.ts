/** What a clock on the wall shows, as the operating system's own time zone data have it. */

export interface Wall {
  /** YYYY-MM-DD. */
  date: string
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const digits = '2-digit' as const
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: digits, day: digits, hour: digits, minute: digits, hourCycle: 'h23' },
  })
  formats.set(zone, made)
  return made
}

/** Reads the wall: no offset is known here, and none is computed. */
export function readWall(zone: string, at: number): Wall {
  const text = formatOf(zone).format(at)
  const [, date, hour, minute] = /^(\d{4}-\d{2}-\d{2}), (\d{2}):(\d{2})$/.exec(text) ?? []
  if (date === undefined) throw new Error(`the wall in ${zone} shows "${text}"`)
  return { date, minute: Number(hour) * 60 + Number(minute) }
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
export type DayName = (typeof dayNames)[number]

export function dayNameOf(date: string): DayName {
  return dayNames[new Date(`${date}T00:00:00Z`).getUTCDay()] as DayName
}

/** The date on the calendar so many days on. */
export function daysFrom(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

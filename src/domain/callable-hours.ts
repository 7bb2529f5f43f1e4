/**
 * In which hours of the coming days people may be called, counted for whole lists: who is due is callable from then on
 * whenever all windows of their place are open. Pure; people of one place are counted together.
 */
import { firstClosing, nextOpenAll } from './calling-hours.ts'
import type { ContactabilityInput } from './contactability.ts'
import { askedOf } from './contactability-rules.ts'
import { findPlace, findTimetable, type Timetable } from './contactability-time.ts'
import { describeNumber } from './phone-number.ts'
import { localText } from './zone-offset.ts'

const hourMs = 3_600_000

export interface CallableHour {
  /** The UTC hour's beginning, epoch ms, and what the zone's clock shows then. */
  at: number
  local: string
  callable: number
  /** Of these, whose first hour it is. */
  becoming: number
}

export interface ZoneHours {
  zone: string
  leads: number
  /** Hours in which nobody is callable are left out. */
  hours: CallableHour[]
}

export interface HoursTally {
  /** Counts somebody who is due at `due`, a lawful instant. */
  add(input: ContactabilityInput, due: number): void
  zones(): ZoneHours[]
}

/** Counts over `hours` whole UTC hours from the one in which `at` lies; nobody is callable from `endsAt` on. */
export function createHoursTally(at: number, hours: number, endsAt: number | null): HoursTally {
  const from = Math.floor(at / hourMs) * hourMs
  const places = new Map<Timetable, { zone: string; leads: number; becoming: number[] }>()

  return {
    add(input, due) {
      const place = findPlace(input.person, describeNumber(input.person.number)?.country ?? null, askedOf(input))
      const timetable = findTimetable(place, input.campaign, input.workspace)
      const zone = place.zones[0] ?? input.campaign.zone
      const counted = places.get(timetable) ?? { zone, leads: 0, becoming: new Array<number>(hours).fill(0) }
      places.set(timetable, counted)
      counted.leads += 1
      const hour = Math.floor((due - from) / hourMs)
      if (hour < hours) counted.becoming[hour] = (counted.becoming[hour] as number) + 1
    },
    zones() {
      const zones = new Map<string, { leads: number; callable: number[]; becoming: number[] }>()
      for (const [timetable, { zone, leads, becoming }] of places) {
        const sums = zones.get(zone) ?? { leads: 0, callable: becoming.map(() => 0), becoming: becoming.map(() => 0) }
        zones.set(zone, sums)
        sums.leads += leads
        const open = findOpenHours(timetable, from, hours)
        let due = 0
        becoming.forEach((first, hour) => {
          // Whoever becomes due in an hour is callable in it; those who were due before, if the windows are open.
          const before = open[hour] && (endsAt === null || from + hour * hourMs < endsAt) ? due : 0
          sums.callable[hour] = (sums.callable[hour] as number) + first + before
          sums.becoming[hour] = (sums.becoming[hour] as number) + first
          due += first
        })
      }
      return [...zones].map(([zone, sums]) => showZone(zone, sums, from)).sort((a, b) => b.leads - a.leads)
    },
  }
}

function showZone(zone: string, sums: { leads: number; callable: number[]; becoming: number[] }, from: number) {
  const hours = sums.callable.flatMap((callable, hour): CallableHour[] => {
    const at = from + hour * hourMs
    return callable === 0 ? [] : [{ at, local: localText(zone, at), callable, becoming: sums.becoming[hour] as number }]
  })
  return { zone, leads: sums.leads, hours }
}

/** Which of the hours have an instant at which every window is open. */
function findOpenHours({ windows }: Timetable, from: number, hours: number): boolean[] {
  const open = new Array<boolean>(hours).fill(false)
  const until = from + hours * hourMs
  for (let at = from; at < until; ) {
    const opens = nextOpenAll(windows, at)
    if (!opens || opens.at >= until) break
    const closes = Math.min(firstClosing(windows, opens.at) ?? until, until)
    open.fill(true, Math.floor((opens.at - from) / hourMs), Math.ceil((closes - from) / hourMs))
    at = closes
  }
  return open
}

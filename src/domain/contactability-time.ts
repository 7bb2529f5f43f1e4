/**
 * The part of a verdict that depends on place and clock alone: every window that must be open, and when all are.
 *
 * Takes a person's whereabouts, the campaign's and the workspace's hours; gives instants. A million leads share a few
 * hundred places, so answers are kept; each is a pure function of its key and instant, whatever was asked before.
 */
import { firstClosing, nextOpenAll, type TimeWindow, type WeekHours, weekOf } from './calling-hours.ts'
import { findWhereabouts, type PersonPlace, placePrefix, type Whereabouts } from './number-zones.ts'
import { type ApplicableRules, type PackVersions, packsFor } from './rule-packs/rule-packs.ts'
import { localText } from './zone-offset.ts'

export type CampaignHours = {
  hours: WeekHours | null
  zone: string
  hours_zone: 'campaign' | 'person'
  closed_dates?: readonly string[]
}
/** A workspace's own stricter hours, on the person's clocks. Weekdays are ISO: 1 = Monday … 7 = Sunday. */
export type WorkspaceHours = {
  hours?: WeekHours | null
  closed_weekdays?: readonly number[]
  closed_dates?: readonly string[]
}

/** Where a person may be, and the law there. One object for all persons of whom the same holds. */
export type Place = Whereabouts & { rules: ApplicableRules; timetables: Map<string, Timetable> }

/** A window and the rule that demands it. */
export type RuledWindow = TimeWindow & { rule_id: string; source: string }

/** When all windows are open: from `opens` (null: never) until `closes`; true for every instant from `from` on. */
type Stretch = { from: number; opens: number | null; held_by: number; closes: number }

/** All windows of a place under one campaign's hours, with the stretch last asked about. */
export type Timetable = { windows: readonly RuledWindow[]; stretch: Stretch | null; minute: number; local: LocalTimes }
export type LocalTimes = Readonly<Record<string, string>>

/** Enough for a country's prefixes and postcodes; beyond it the memory is emptied, which costs time only. */
const KEPT_PLACES = 50_000
const places = new Map<string, Place>()
const placesByContent = new Map<string, Place>()

function remember<V>(memory: Map<string, V>, key: string, value: V): V {
  if (memory.size >= KEPT_PLACES) memory.clear()
  memory.set(key, value)
  return value
}

/** Where the person may be and the rules there. `country` is the number's, which the caller knows already. */
export function findPlace(person: PersonPlace, country: string | null, pinned: PackVersions | undefined): Place {
  const { zone, region, postcode } = person
  const versions = pinned ? JSON.stringify(pinned) : ''
  const stated =
    zone || person.country || region || postcode ? JSON.stringify([zone, person.country, region, postcode]) : ''
  const key = `${country}${placePrefix(person.number)}${stated}${versions}`
  const known = places.get(key)
  if (known) return known
  const found = findWhereabouts(person)
  const content = JSON.stringify([found, versions])
  const place = placesByContent.get(content) ?? {
    ...found,
    rules: packsFor(found.countries, found.regions, pinned),
    timetables: new Map<string, Timetable>(),
  }
  remember(placesByContent, content, place)
  return remember(places, key, place)
}

function* listWindows(place: Place, campaign: CampaignHours, workspace: WorkspaceHours): Generator<RuledWindow> {
  const { hours, closed_dates } = campaign
  const own = { rule_id: 'campaign_hours', source: "the campaign's hours" }
  const campaignZones = campaign.hours_zone === 'campaign' ? [campaign.zone] : place.zones
  if (hours || closed_dates?.length) {
    for (const zone of campaignZones) yield { ...own, hours: hours ?? weekOf(0, 0), zone, closed_dates }
  }
  const house = { rule_id: 'workspace_hours', source: "the workspace's hours" }
  const openDays = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => !workspace.closed_weekdays?.includes(weekday))
  for (const zone of place.zones) {
    if (workspace.hours) yield { ...house, hours: workspace.hours, zone }
    if (openDays.length < 7 || workspace.closed_dates?.length) {
      yield { ...house, hours: weekOf(0, 1440, openDays), zone, closed_dates: workspace.closed_dates }
    }
    for (const row of place.rules.hours) yield { hours: row.value, zone, rule_id: row.id, source: row.source }
  }
}

/** What the hours of a campaign were when their key was made: objects are compared, not trusted to stay. */
type Framed = {
  hours: WeekHours | null
  zone: string
  hours_zone: string
  dates: unknown
  house: WorkspaceHours
  key: string
}
const frames = new WeakMap<CampaignHours, Framed>()

/** One key for equal hours, made once for each campaign object. */
function frameKey(campaign: CampaignHours, workspace: WorkspaceHours): string {
  const { hours, zone, hours_zone, closed_dates: dates } = campaign
  const known = frames.get(campaign)
  const same = known && known.hours === hours && known.zone === zone && known.hours_zone === hours_zone
  if (same && known.dates === dates && known.house === workspace) return known.key
  const house = [workspace.hours ?? null, workspace.closed_weekdays ?? null, workspace.closed_dates ?? null]
  const key = JSON.stringify([hours, zone, hours_zone, dates ?? null, house])
  frames.set(campaign, { hours, zone, hours_zone, dates, house: workspace, key })
  return key
}

/** The windows of a place under a campaign. */
export function findTimetable(place: Place, campaign: CampaignHours, workspace: WorkspaceHours): Timetable {
  const key = frameKey(campaign, workspace)
  const known = place.timetables.get(key)
  if (known) return known
  const windows = [...listWindows(place, campaign, workspace)]
  return remember(place.timetables, key, { windows, stretch: null, minute: Number.NaN, local: {} })
}

/** The first instant at or after `from` when every window is open, and the window that held it back; null if never. */
export function openFrom(timetable: Timetable, from: number): { at: number; held_by: RuledWindow | null } | null {
  const { windows } = timetable
  let stretch = timetable.stretch
  const holds =
    stretch && from >= stretch.from && (stretch.opens === null ? from === stretch.from : from < stretch.closes)
  if (!stretch || !holds) {
    const opening = nextOpenAll(windows, from)
    // Hours that never shut still get an end here, so that a kept answer is looked at again.
    const closes = opening ? (firstClosing(windows, opening.at) ?? opening.at + 86_400_000) : from
    stretch = { from, opens: opening?.at ?? null, held_by: opening?.held_by ?? -1, closes }
    timetable.stretch = stretch
  }
  if (stretch.opens === null) return null
  if (from >= stretch.opens) return { at: from, held_by: null }
  return { at: stretch.opens, held_by: windows[stretch.held_by] ?? null }
}

/** What the clocks showed: the person's zones and the campaign's. */
export function localTimes(timetable: Timetable, place: Place, campaign: CampaignHours, at: number): LocalTimes {
  const minute = Math.floor(at / 60_000)
  if (timetable.minute !== minute) {
    const zones = new Set([campaign.zone, ...place.zones])
    timetable.local = Object.fromEntries([...zones].map((zone) => [zone, localText(zone, at)]))
    timetable.minute = minute
  }
  return timetable.local
}

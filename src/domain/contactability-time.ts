/**
 * The part of a verdict that depends on place and clock alone: every window that must be open, and when all are.
 *
 * Takes a person's whereabouts, the campaign's and the workspace's hours; gives instants. A million leads share a few
 * hundred places, so answers are kept; each is a pure function of its key and instant, whatever was asked before.
 */
import { firstClosing, nextOpenAll, type TimeWindow, type WeekHours, weekOf } from './calling-hours.ts'
import { findWhereabouts, type PersonPlace, placePrefix, type Whereabouts } from './number-zones.ts'
import {
  type ApplicableRules,
  type OwnRules,
  type PackVersions,
  readOwnRows,
  rulesFor,
} from './rule-packs/rule-packs.ts'
import { localText } from './zone-offset.ts'

export type CampaignHours = {
  hours: WeekHours | null
  zone: string
  hours_zone: 'campaign' | 'person'
  closed_dates?: readonly string[]
}
/** A workspace's own stricter hours, on the person's clocks. */
export type WorkspaceHours = { hours?: WeekHours | null; closed_dates?: readonly string[] }

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

/** What else decides which rules apply: who speaks, the workspace's own rules, and what a replay is pinned to. */
export type Asked = { artificial_voice: boolean; own_rules: OwnRules | undefined; pinned: PackVersions | undefined }

/** Where the person may be and the rules there. `country` is the number's, which the caller knows already. */
export function findPlace(person: PersonPlace, country: string | null, asked: Asked): Place {
  const { zone, region, postcode } = person
  const voice = asked.artificial_voice ? '!' : ''
  const own = asked.own_rules ? keyOfOwnRules(asked.own_rules) : ''
  const how = `${voice}${own}${asked.pinned ? JSON.stringify(asked.pinned) : ''}`
  const stated =
    zone || person.country || region || postcode ? JSON.stringify([zone, person.country, region, postcode]) : ''
  const key = `${country}${placePrefix(person.number)}${stated}${how}`
  const known = places.get(key)
  if (known) return known
  const found = findWhereabouts(person)
  const content = JSON.stringify([found, how])
  const ownPack = asked.own_rules ? readOwnRows(asked.own_rules.rules, asked.own_rules.version) : null
  const place = placesByContent.get(content) ?? {
    ...found,
    rules: rulesFor({ ...found, artificial_voice: asked.artificial_voice }, ownPack, asked.pinned),
    timetables: new Map<string, Timetable>(),
  }
  remember(placesByContent, content, place)
  return remember(places, key, place)
}

const ownKeys = new WeakMap<OwnRules, string>()
const ownTexts = new Map<string, string>()
let named = 0

/** A short name for equal rules: their text is made once for each object. */
function keyOfOwnRules(rules: OwnRules): string {
  const known = ownKeys.get(rules)
  if (known !== undefined) return known
  const text = JSON.stringify(rules)
  let key = ownTexts.get(text)
  if (key === undefined) {
    named += 1
    key = remember(ownTexts, text, `own${named} `)
  }
  ownKeys.set(rules, key)
  return key
}

function* listWindows(place: Place, campaign: CampaignHours, workspace: WorkspaceHours): Generator<RuledWindow> {
  const { hours, closed_dates } = campaign
  const own = { rule_id: 'campaign_hours', source: "the campaign's hours" }
  const campaignZones = campaign.hours_zone === 'campaign' ? [campaign.zone] : place.zones
  if (hours || closed_dates?.length) {
    for (const zone of campaignZones) yield { ...own, hours: hours ?? wholeWeek, zone, closed_dates }
  }
  const house = { rule_id: 'workspace_hours', source: "the workspace's hours" }
  for (const zone of place.zones) {
    if (workspace.hours) yield { ...house, hours: workspace.hours, zone }
    if (workspace.closed_dates?.length) {
      yield { ...house, hours: wholeWeek, zone, closed_dates: workspace.closed_dates }
    }
    for (const { id, source, value } of place.rules.hours) yield { hours: value, zone, rule_id: id, source }
    for (const { id, source, value } of place.rules.closed_dates) {
      yield { hours: wholeWeek, closed_dates: value, zone, rule_id: id, source }
    }
  }
}

const wholeWeek = weekOf(0, 1440)

/** States often have the same hours: each is asked once, and named by the first. */
function withoutEqual(windows: Iterable<RuledWindow>): RuledWindow[] {
  const different = new Map<string, RuledWindow>()
  for (const window of windows) {
    const key = JSON.stringify([window.hours, window.zone, window.closed_dates])
    if (!different.has(key)) different.set(key, window)
  }
  return [...different.values()]
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
  const house = [workspace.hours ?? null, workspace.closed_dates ?? null]
  const key = JSON.stringify([hours, zone, hours_zone, dates ?? null, house])
  frames.set(campaign, { hours, zone, hours_zone, dates, house: workspace, key })
  return key
}

/** The windows of a place under a campaign. */
export function findTimetable(place: Place, campaign: CampaignHours, workspace: WorkspaceHours): Timetable {
  const key = frameKey(campaign, workspace)
  const known = place.timetables.get(key)
  if (known) return known
  const windows = withoutEqual(listWindows(place, campaign, workspace))
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

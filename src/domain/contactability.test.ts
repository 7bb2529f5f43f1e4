import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isOpen, type WeekHours, weekOf } from './calling-hours.ts'
import { type ContactabilityInput, decideContact, nextLawfulInstant } from './contactability.ts'
import { ownRows } from './rule-packs/read-pack.ts'
import type { OwnRules } from './rule-packs/rule-packs.ts'
import { localTime } from './zone-offset.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 16))
const DAY = 86_400_000
/** A Wednesday, 10:00 in New York. */
const morning = utc('2026-06-03T14:00')

type Change = { [K in keyof ContactabilityInput]?: Partial<ContactabilityInput[K]> | ContactabilityInput[K] }
function inputWith(change: Change = {}): ContactabilityInput {
  const base: ContactabilityInput = {
    at: morning,
    lead: { status: 'pending', attempts: 0, max_attempts: 3, not_before: null },
    person: { number: '+12125550100', zone: null, country: null, region: null, postcode: null },
    campaign: {
      status: 'active',
      hours: weekOf(9 * 60, 18 * 60, [1, 2, 3, 4, 5]),
      zone: 'America/New_York',
      hours_zone: 'campaign',
      starts_at: null,
      ends_at: null,
    },
    workspace: {},
    suppressions: [],
    consent: { needed: false, basis: null },
    number_rest_until: null,
  }
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(change)) {
    const old = merged[key]
    const isPart = typeof old === 'object' && old !== null && !Array.isArray(old)
    merged[key] = isPart ? { ...old, ...(value as object) } : value
  }
  return merged as ContactabilityInput
}
const source = 'the house'
const ownRules = (rows: object): { own_rules: OwnRules } => {
  return { own_rules: { version: '7', rules: ownRows.parse(rows) } }
}
const only = (value: object) => ownRules({ destinations: [{ id: 'custom/only', value, source }] })
const answer = (change: Change = {}) => {
  const verdict = decideContact(inputWith(change))
  return [verdict.answer, iso(verdict.at), verdict.rule.id]
}

test('with no rule against it, the call may be made now', () => {
  assert.deepEqual(answer(), ['now', '2026-06-03T14:00', 'contactable'])
  const { evidence } = decideContact(inputWith())
  assert.deepEqual(evidence.countries, ['US'])
  assert.deepEqual(evidence.regions, ['NY'])
  assert.deepEqual(evidence.local_times, { 'America/New_York': '2026-06-03 10:00' })
  assert.ok(evidence.packs.us)
})

test('each rule that says never', () => {
  const never = (change: Change) => {
    const [said, at, rule] = answer(change)
    assert.deepEqual([said, at], ['never', null])
    return rule
  }
  assert.equal(never({ lead: { status: 'completed' } }), 'lead_closed')
  assert.equal(never({ campaign: { status: 'cancelled' } }), 'campaign_over')
  assert.equal(never({ person: { number: '+1911' } }), 'number_undialable')
  assert.equal(never({ person: { number: '+12' } }), 'number_undialable')
  assert.equal(never({ person: { number: '+80012345678' } }), 'number_undialable')
  assert.equal(never({ person: { number: '+19005550100' } }), 'destination')
  assert.equal(never({ workspace: only({ countries: ['PK'] }) }), 'destination')
  assert.equal(never({ workspace: only({ prefixes: ['+92'] }) }), 'destination')
  assert.equal(never({ workspace: { home_country: 'PK' } }), 'destination')
  const blocked = { scope: 'workspace', source: 'customer_request', reason: 'asked to stop', expires_at: null }
  assert.equal(never({ suppressions: [blocked] }), 'do_not_call')
  assert.equal(never({ consent: { needed: true, basis: null } }), 'consent')
  assert.equal(never({ lead: { attempts: 3 } }), 'attempts_spent')
  assert.equal(never({ campaign: { hours: weekOf(0, 0, []) } }), 'no_common_hours')
  assert.equal(never({ campaign: { hours: weekOf(22 * 60, 6 * 60) } }), 'no_common_hours')
  assert.equal(never({ campaign: { ends_at: morning } }), 'campaign_ends')
  assert.equal(never({ at: utc('2026-06-05T23:00'), campaign: { ends_at: utc('2026-06-07T00:00') } }), 'campaign_ends')
})

test('each rule that says later, and until when', () => {
  assert.deepEqual(answer({ campaign: { starts_at: utc('2026-06-04T15:00') } }), [
    'later',
    '2026-06-04T15:00',
    'campaign_starts',
  ])
  assert.deepEqual(answer({ lead: { not_before: morning + 600_000 } }), [
    'later',
    '2026-06-03T14:10',
    'lead_not_before',
  ])
  assert.deepEqual(answer({ number_rest_until: utc('2026-06-03T16:00') }), [
    'later',
    '2026-06-03T16:00',
    'number_rests',
  ])
  const pause = { scope: 'brand', source: 'manual', reason: 'moving house', expires_at: utc('2026-06-08T15:30') }
  assert.deepEqual(answer({ suppressions: [pause] }), ['later', '2026-06-08T15:30', 'do_not_call_until'])
  assert.deepEqual(answer({ suppressions: [{ ...pause, expires_at: morning }] })[0], 'now')
  assert.deepEqual(answer({ at: utc('2026-06-05T23:00') }), ['later', '2026-06-08T13:00', 'campaign_hours'])
  assert.deepEqual(answer({ campaign: { status: 'paused' } }), ['later', '2026-06-03T14:00', 'campaign_inactive'])
  const week = { 'mon-tue': '00:00-24:00', 'thu-sun': '00:00-24:00' }
  const noWednesday = ownRules({ hours: [{ id: 'custom/week', value: week, source }] })
  assert.deepEqual(answer({ workspace: noWednesday }), ['later', '2026-06-04T13:00', 'campaign_hours'])
  assert.deepEqual(answer({ workspace: noWednesday, campaign: { hours: null } }), [
    'later',
    '2026-06-04T12:00',
    'us/hours',
  ])
  const dates = { closed_dates: ['2026-06-03', '2026-06-04'] }
  assert.deepEqual(answer({ campaign: dates }), ['later', '2026-06-05T13:00', 'campaign_hours'])
})

test('lawful hours hold in the zone of the person called, whatever the campaign says', () => {
  const always = { hours: null, zone: 'Asia/Karachi' }
  const honolulu = answer({ campaign: always, person: { number: '+18085550100' } })
  assert.deepEqual(honolulu, ['later', '2026-06-03T18:00', 'us/hours'])
  const florida = answer({ at: utc('2026-06-04T00:30'), campaign: always, person: { number: '+13055550100' } })
  assert.deepEqual(florida, ['later', '2026-06-04T12:00', 'us/hours'])
  const pensacola = answer({ at: utc('2026-06-03T12:30'), campaign: always, person: { number: '+18505550100' } })
  assert.deepEqual(pensacola, ['later', '2026-06-03T13:00', 'us/hours'])
  const karachi = answer({ at: utc('2026-06-03T16:00'), campaign: always, person: { number: '+923001234567' } })
  assert.deepEqual(karachi, ['later', '2026-06-04T04:00', 'default/hours'])
})

test("a state's narrower hours and its cap of three calls a day apply", () => {
  const evening = utc('2026-06-04T00:30')
  const open = { hours: null }
  assert.equal(answer({ at: evening, campaign: open })[0], 'now')
  assert.equal(answer({ at: evening, campaign: open, person: { region: 'FL' } })[0], 'later')
  const recent_attempts = [morning - 3_000_000, morning - 79_200_000, morning - 5_000_000, morning - 90_000_000]
  assert.equal(answer({ recent_attempts })[0], 'now')
  const florida = answer({ recent_attempts, person: { number: '+13055550100' } })
  assert.deepEqual(florida, ['later', '2026-06-03T16:00', 'us/fl/attempts'])
  const house = ownRules({ attempts: [{ id: 'custom/week', value: { calls: 4, within_hours: 168 }, source }] })
  const capped = decideContact(inputWith({ recent_attempts, workspace: house }))
  assert.deepEqual(capped.rule, { id: 'custom/week', version: '7', source })
})

test('a workspace narrows the law for one country or state, and its owner sets a row of it aside', () => {
  const florida = { person: { number: '+13055550100' }, campaign: { hours: null } }
  const late = { ...florida, at: utc('2026-06-04T00:30') }
  assert.equal(answer(late)[2], 'us/hours')
  const aside = ownRules({ exemptions: [{ id: 'custom/fl', value: 'us/fl/hours', source: 'no sales calls' }] })
  assert.equal(answer({ ...late, workspace: aside })[0], 'now')
  const narrow = { id: 'custom/afternoon', value: { 'mon-sun': '12:00-18:00' }, source }
  const everywhere = ownRules({ hours: [narrow] })
  assert.deepEqual(answer({ ...florida, workspace: everywhere }), ['later', '2026-06-03T16:00', 'custom/afternoon'])
  assert.equal(answer({ ...florida, workspace: ownRules({ hours: [{ ...narrow, country: 'GB' }] }) })[0], 'now')
  assert.equal(answer({ ...florida, workspace: ownRules({ hours: [{ ...narrow, state: 'TX' }] }) })[0], 'now')
  assert.equal(answer({ ...florida, workspace: ownRules({ hours: [{ ...narrow, state: 'FL' }] }) })[0], 'later')
})

test('AI and recorded voices need the consent that the law of the place wants for what they call about', () => {
  const ask = (number: string, strength: 'stated' | 'express' | 'written', purpose?: 'information') => {
    const campaign = { hours: null, ...(purpose ? { purpose } : {}) }
    const [said, , rule] = answer({ person: { number }, campaign, consent: { needed: true, basis: 'x', strength } })
    return said === 'never' ? rule : 'allowed'
  }
  assert.equal(ask('+12125550100', 'express'), 'consent')
  assert.equal(ask('+12125550100', 'written'), 'allowed')
  assert.equal(ask('+12125550100', 'express', 'information'), 'allowed')
  assert.equal(ask('+442079460018', 'stated'), 'consent')
  assert.equal(ask('+442079460018', 'express'), 'allowed')
  assert.equal(ask('+923001234567', 'stated'), 'allowed')
  assert.equal(ask('+97715970050', 'stated'), 'allowed')
  const input = inputWith({ consent: { needed: true, basis: 'contract', strength: 'stated' } })
  assert.equal(decideContact(input).evidence.detail, 'written consent is needed; the basis is contract (stated)')
})

test('hours that hold for machines alone do not keep agents from calling', () => {
  const california = { at: utc('2026-06-03T15:30'), person: { number: '+13105550100' }, campaign: { hours: null } }
  assert.equal(answer(california)[0], 'now')
  const machine = { needed: true, basis: 'written', strength: 'written' as const }
  assert.deepEqual(answer({ ...california, consent: machine }), ['later', '2026-06-03T16:00', 'us/ca/voice_hours'])
})

test('a state closes on its Sundays and holidays', () => {
  const utah = { person: { number: '+18015550100' }, campaign: { hours: null } }
  assert.deepEqual(answer({ ...utah, at: utc('2026-06-07T18:00') }), ['later', '2026-06-08T14:00', 'us/hours'])
  const pioneers = answer({ ...utah, at: utc('2026-07-24T18:00') })
  assert.deepEqual(pioneers, ['later', '2026-07-25T14:00', 'us/hours'])
})

test('a verdict from before a country had a pack replays without it', () => {
  const late = { at: utc('2026-06-05T18:30'), person: { number: '+390212345678' }, campaign: { hours: null } }
  assert.equal(answer(late)[0], 'later')
  assert.equal(answer({ ...late, at: utc('2026-06-06T17:30'), pack_versions: { default: '2026-11-01' } })[0], 'now')
  assert.equal(answer({ ...late, at: utc('2026-06-06T17:30') })[0], 'later')
})

test('hours of the person: the same campaign opens at nine everywhere', () => {
  const campaign = { hours: weekOf(9 * 60, 17 * 60), hours_zone: 'person' as const }
  const opens = (number: string) => answer({ at: utc('2026-06-03T03:00'), campaign, person: { number } })[1]
  assert.equal(opens('+12125550100'), '2026-06-03T13:00')
  assert.equal(opens('+13105550100'), '2026-06-03T16:00')
  assert.equal(opens('+442079460018'), '2026-06-03T08:00')
  assert.equal(opens('+923001234567'), '2026-06-03T04:00')
})

test('a toll-free number is called only when every zone of its country is awake', () => {
  const at = decideContact(inputWith({ campaign: { hours: null }, person: { number: '+18005550199' } })).at ?? 0
  for (const zone of ['Pacific/Honolulu', 'America/New_York', 'America/Adak']) {
    const { minute_of_day } = localTime(zone, at)
    assert.ok(minute_of_day >= 8 * 60 && minute_of_day < 20 * 60, zone)
  }
})

test('never comes before later, and in the order of the table', () => {
  const all: Change = {
    at: utc('2026-06-06T03:00'),
    lead: { status: 'failed', attempts: 9 },
    campaign: { status: 'archived' },
    consent: { needed: true },
    suppressions: [{ scope: 'state', source: 'import', reason: 'registry', expires_at: null }],
  }
  assert.equal(answer(all)[2], 'lead_closed')
  assert.equal(answer({ ...all, lead: { attempts: 9 } })[2], 'campaign_over')
  assert.equal(answer({ ...all, lead: { attempts: 9 }, campaign: {} })[2], 'do_not_call')
  assert.equal(answer({ ...all, lead: { attempts: 9 }, campaign: {}, suppressions: [] })[2], 'consent')
  assert.equal(answer({ at: utc('2026-06-06T03:00'), lead: { attempts: 9 } })[2], 'attempts_spent')
})

const numbers = ['+12125550100', '+13105550100', '+18505550100', '+442079460018', '+923001234567', '+18005550199']
const instants = fc.oneof(
  fc.integer({ min: utc('2026-01-01T00:00'), max: utc('2027-01-01T00:00') }),
  fc
    .tuple(fc.constantFrom(utc('2026-03-08T07:00'), utc('2026-11-01T06:00'), utc('2026-03-29T01:00')), fc.nat(4 * 1440))
    .map(([at, minute]) => at + (minute - 2880) * 60_000),
)
const hoursArb: fc.Arbitrary<WeekHours> = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })), { maxLength: 2 }),
  { minLength: 7, maxLength: 7 },
)
const inputArb = fc
  .record({
    at: instants,
    number: fc.constantFrom(...numbers),
    hours: fc.option(hoursArb),
    hours_zone: fc.constantFrom('campaign' as const, 'person' as const),
    delay: fc.option(fc.integer({ min: -DAY, max: 3 * DAY })),
    attempts: fc.integer({ min: 0, max: 3 }),
    recent: fc.array(fc.integer({ min: 1, max: 3 * DAY }), { maxLength: 5 }),
  })
  .map(({ at, number, hours, hours_zone, delay, attempts, recent }) =>
    inputWith({
      at,
      person: { number },
      campaign: { hours, hours_zone },
      lead: { attempts, not_before: delay === null ? null : at + delay },
      recent_attempts: recent.map((ago) => at - ago),
    }),
  )
const noWeekend = ownRules({ hours: [{ id: 'custom/week', value: { 'mon-fri': '00:00-24:00' }, source }] })
const rank = (input: ContactabilityInput) => nextLawfulInstant(input) ?? Number.POSITIVE_INFINITY

test('a new suppression, an earlier end or narrower hours never make anyone more callable', () => {
  fc.assert(
    fc.property(inputArb, hoursArb, fc.integer({ min: -DAY, max: 5 * DAY }), (input, hours, ahead) => {
      const before = rank(input)
      const until = { scope: 'brand', source: 'import', reason: '', expires_at: input.at + ahead }
      assert.ok(rank({ ...input, suppressions: [until] }) >= before)
      assert.equal(rank({ ...input, suppressions: [{ ...until, expires_at: null }] }), Number.POSITIVE_INFINITY)
      assert.ok(rank({ ...input, workspace: { hours } }) >= before)
      assert.ok(rank({ ...input, workspace: noWeekend }) >= before)
      assert.ok(rank({ ...input, campaign: { ...input.campaign, ends_at: input.at + ahead } }) >= before)
    }),
    { numRuns: 1_500 },
  )
})

test('asked again at the instant it gave, it says now; and the replay of a stored input says the same', () => {
  fc.assert(
    fc.property(inputArb, (input) => {
      const verdict = decideContact(input)
      assert.deepEqual(decideContact(JSON.parse(JSON.stringify(input))), verdict)
      const pinned = { ...input, pack_versions: verdict.evidence.packs }
      assert.deepEqual(decideContact(pinned), verdict)
      if (verdict.answer === 'later' && verdict.at !== null) {
        assert.ok(verdict.at > input.at)
        assert.equal(decideContact({ ...input, at: verdict.at }).answer, 'now')
        assert.notEqual(decideContact({ ...input, at: verdict.at - 1 }).answer, 'now')
      }
    }),
    { numRuns: 2_000 },
  )
})

test('over a year of hours, nobody in four cities is called outside 8 to 21 by the own clock', () => {
  const people = [
    ['+923001234567', 'Asia/Karachi', 9 * 60, 20 * 60],
    ['+442079460018', 'Europe/London', 9 * 60, 20 * 60],
    ['+12125550100', 'America/New_York', 8 * 60, 21 * 60],
    ['+13105550100', 'America/Los_Angeles', 8 * 60, 21 * 60],
  ] as const
  for (const [number, zone, from, to] of people) {
    const input = inputWith({ person: { number }, campaign: { hours: null } })
    const lawful = { hours: weekOf(from, to), zone }
    for (let at = utc('2026-01-01T00:15'); at < utc('2027-01-01T00:00'); at += 3_600_000) {
      const verdict = decideContact({ ...input, at })
      assert.equal(verdict.answer === 'now', isOpen(lawful, at), `${zone} ${iso(at)}`)
      const { minute_of_day } = localTime(zone, verdict.at ?? 0)
      assert.ok(minute_of_day >= from && minute_of_day < to)
    }
  }
})

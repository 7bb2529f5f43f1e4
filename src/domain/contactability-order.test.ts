import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { weekOf } from './calling-hours.ts'
import { type ContactabilityInput, decideContact } from './contactability.ts'
import { ownRows } from './rule-packs/read-pack.ts'

const hour = 3_600_000
const noon = Date.parse('2026-11-18T17:00:00Z')
const instant = fc.integer({ min: noon - 200 * hour, max: noon + 200 * hour })
const clock = fc.integer({ min: 0, max: 1439 })
const hours = fc.tuple(clock, clock).map(([from, to]) => weekOf(from, to))
const suppression = fc.record({
  ...{ scope: fc.constantFrom('workspace', 'campaign'), source: fc.constant('manual'), reason: fc.constant('') },
  expires_at: fc.option(instant, { nil: null }),
})

const input: fc.Arbitrary<ContactabilityInput> = fc.record({
  at: instant,
  lead: fc.record({
    status: fc.constantFrom('pending' as const, 'callback' as const),
    attempts: fc.integer({ min: 0, max: 3 }),
    max_attempts: fc.integer({ min: 1, max: 4 }),
    not_before: fc.option(instant, { nil: null }),
  }),
  person: fc.record({
    number: fc.constantFrom('+12125550143', '+13055550143', '+442079460777', '+923001234567', '+18005550143'),
    zone: fc.option(fc.constantFrom('America/Chicago', 'Asia/Kathmandu'), { nil: null }),
    country: fc.constant(null),
    region: fc.option(fc.constantFrom('NY', 'WA'), { nil: null }),
    postcode: fc.constant(null),
  }),
  campaign: fc.record({
    ...{
      status: fc.constant('active' as const),
      starts_at: fc.option(instant, { nil: null }),
      ends_at: fc.constant(null),
    },
    ...{ hours: fc.option(hours, { nil: null }), zone: fc.constantFrom('Europe/London', 'America/New_York') },
    hours_zone: fc.constantFrom('campaign' as const, 'person' as const),
  }),
  workspace: fc.record({ hours: fc.option(hours, { nil: null }) }),
  suppressions: fc.array(suppression, { maxLength: 2 }),
  consent: fc.record({
    ...{ needed: fc.boolean(), basis: fc.option(fc.constant('signed form'), { nil: null }) },
    strength: fc.constant('written' as const),
  }),
  number_rest_until: fc.option(instant, { nil: null }),
  recent_attempts: fc.array(instant, { maxLength: 4 }),
})

const source = 'the house'
const withOwn = (of: ContactabilityInput, rows: object): ContactabilityInput['workspace'] => {
  return { ...of.workspace, own_rules: { version: '1', rules: ownRows.parse(rows) } }
}

/** Each says no more than the input did, and forbids something besides. */
const rules: Record<string, (of: ContactabilityInput, at: number) => ContactabilityInput> = {
  'a suppression': (of, at) => ({
    ...of,
    suppressions: [...of.suppressions, { scope: 'workspace', source: 'manual', reason: '', expires_at: at }],
  }),
  'a rest of the number': (of, at) => ({ ...of, number_rest_until: Math.max(of.number_rest_until ?? 0, at) }),
  'a retry delay': (of, at) => ({ ...of, lead: { ...of.lead, not_before: Math.max(of.lead.not_before ?? 0, at) } }),
  'one more attempt': (of, at) => ({ ...of, recent_attempts: [...(of.recent_attempts ?? []), Math.min(at, of.at)] }),
  'a cap of the workspace': (of) => ({
    ...of,
    workspace: withOwn(of, { attempts: [{ id: 'custom/cap', value: { calls: 2, within_hours: 24 }, source }] }),
  }),
  'hours of the workspace for a state': (of) => ({
    ...of,
    workspace: withOwn(of, {
      hours: [{ id: 'custom/ny', state: 'NY', value: { 'tue-sat': '10:00-14:00' }, source }],
    }),
  }),
  'a holiday': (of, at) => ({
    ...of,
    campaign: { ...of.campaign, closed_dates: [new Date(at).toISOString().slice(0, 10)] },
  }),
  'a weaker consent': (of) => ({ ...of, consent: { ...of.consent, strength: 'stated' } }),
  'a need of consent': (of) => ({ ...of, consent: { ...of.consent, needed: true } }),
  'allowed countries': (of) => ({
    ...of,
    workspace: withOwn(of, { destinations: [{ id: 'custom/to', value: { countries: ['US', 'GB'] }, source }] }),
  }),
  'only the own country': (of) => ({ ...of, workspace: { ...of.workspace, home_country: 'US' } }),
}

describe('a rule more', () => {
  for (const [name, add] of Object.entries(rules)) {
    it(`never makes a call legal: ${name}`, () => {
      let tightened = 0
      fc.assert(
        fc.property(input, instant, (of, at) => {
          const [before, after] = [decideContact(of), decideContact(add(of, at))]
          const [due, later] = [before.at ?? Number.POSITIVE_INFINITY, after.at ?? Number.POSITIVE_INFINITY]
          assert.ok(later >= due, `${before.rule.id} at ${before.at}, then ${after.rule.id} at ${after.at}`)
          if (later > due) tightened += 1
        }),
        { numRuns: 2_000, seed: 5 },
      )
      assert.ok(tightened > 0, 'the rule is never felt')
    })
  }
})

/** Contactability verdicts per second on one core, with all rules on: many places, suppressions, rests, caps, consent, own rules. */
import { weekOf } from '#domain/calling-hours.ts'
import { type ContactabilityInput, decideContact } from '#domain/contactability.ts'
import { ownRows } from '#domain/rule-packs/read-pack.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { flag, percentile, report } from './kit.ts'

const count = flag('verdicts', 500_000)
const noon = Date.parse('2026-11-18T17:00:00Z')
const hour = 3_600_000
const people = [
  ...numbersFrom(0, 5_000),
  ...Array.from({ length: 5_000 }, (_, i) => `+44207946${String(i % 1000).padStart(4, '0')}`),
]
const campaign = {
  status: 'active' as const,
  hours: weekOf(540, 1080),
  zone: 'America/New_York',
  hours_zone: 'person' as const,
  starts_at: noon - 24 * hour,
  ends_at: null,
}
const source = 'the house'
const rules = ownRows.parse({
  attempts: [{ id: 'custom/attempts', value: { calls: 3, within_hours: 24 }, source }],
  hours: [{ id: 'custom/hours', value: { 'mon-sat': '08:30-20:30' }, source }],
  destinations: [{ id: 'custom/to', value: { countries: ['US', 'GB'], prefixes: ['+1', '+44'] }, source }],
  exemptions: [{ id: 'custom/ky', value: 'us/ky/hours', source }],
})
const workspace = { hours: weekOf(480, 1200), closed_dates: ['2026-12-25'], own_rules: { version: '1', rules } }

const inputs = people.map(
  (number, index): ContactabilityInput => ({
    at: noon + index * 7,
    lead: { status: 'pending', attempts: index % 3, max_attempts: 3, not_before: index % 5 === 0 ? noon - hour : null },
    person: { number, zone: null, country: null, region: index % 4 === 0 ? 'NY' : null, postcode: null },
    campaign,
    workspace,
    suppressions:
      index % 20 === 0 ? [{ scope: 'campaign', source: 'manual', reason: '', expires_at: noon + hour }] : [],
    consent: { needed: true, basis: 'signed form', strength: 'written' },
    number_rest_until: index % 10 === 0 ? noon - 1 : null,
    recent_attempts: index % 3 === 0 ? [noon - 2 * hour, noon - 30 * hour] : [],
  }),
)

for (const input of inputs) decideContact(input)
const started = performance.now()
for (let i = 0; i < count; i += 1) decideContact(inputs[i % inputs.length] as ContactabilityInput)
const rate = count / ((performance.now() - started) / 1000)

const samples: number[] = []
for (let i = 0; i < 100_000; i += 1) {
  const before = process.hrtime.bigint()
  decideContact(inputs[i % inputs.length] as ContactabilityInput)
  samples.push(Number(process.hrtime.bigint() - before) / 1000)
}
report('verdict', [
  { name: 'verdicts/s', value: rate, unit: '/s', floor: 100_000, goal: 500_000 },
  { name: 'p99', value: percentile(samples, 0.99), unit: 'µs', floor: 50, better: 'lower' },
])

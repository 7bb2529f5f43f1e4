import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { decideContact } from '#domain/contactability.ts'
import { readNumber } from '#domain/phone-number.ts'
import { type ImportDesk, openImportDesk } from '#kit/imports.ts'
import { newId } from '#store/ids.ts'

const path = join(import.meta.dirname, '../../examples/leads.csv')
const rows = parse(readFileSync(path), { bom: true, columns: true }) as Record<string, string>[]
const hour = 3_600_000

let desk: ImportDesk
before(async () => {
  desk = await openImportDesk()
})
after(() => desk.close())

test('the example list imports: 400 people, two of them blocked, duplicates and bad numbers reported', async () => {
  const blocked = rows
    .filter((row) => row.Blocked === 'yes')
    .map((row) => readNumber(row.Phone ?? '', { country: 'US', drop_prefixes: [] }))
  assert.equal(blocked.length, 2)
  for (const reading of blocked) {
    assert.ok(reading.ok)
    await desk.rows(
      `insert into suppressions (workspace_id, id, number, scope, source, created_at) values ($1, $2, $3, 'workspace', 'customer_request', now())`,
      [desk.tenant.workspace_id, newId(desk.now), reading.number],
    )
  }
  const job = await desk.import(readFileSync(path), await desk.campaign())
  assert.deepEqual(
    [job.total_rows, job.imported_rows, job.duplicate_rows, job.invalid_rows, job.suppressed_rows],
    [414, 398, 6, 8, 2],
  )
  const countries = await desk.rows<{ code: string }>(
    'select distinct substr(number, 1, 3) as code from contact_phones',
  )
  assert.ok(countries.length >= 5, JSON.stringify(countries))
})

test('at any hour of any day at least a hundred of them may be called', async () => {
  const people = await desk.rows<{ number: string }>(
    "select p.number from leads l join contact_phones p on p.contact_id = l.contact_id and p.position = 0 where l.status = 'pending'",
  )
  const callableAt = (at: number) =>
    people.filter(({ number }) => {
      const verdict = decideContact({
        at,
        lead: { status: 'pending', attempts: 0, max_attempts: 3, not_before: null },
        person: { number, zone: null, country: null, region: null, postcode: null },
        campaign: {
          status: 'active',
          hours: null,
          zone: 'America/New_York',
          hours_zone: 'campaign',
          starts_at: null,
          ends_at: null,
        },
        workspace: {},
        suppressions: [],
        consent: { needed: false, basis: null },
        number_rest_until: null,
      })
      return verdict.answer === 'now'
    })
  // A week of winter, one of summer, and those in which one side of the Atlantic has changed its clocks already.
  for (const week of ['2026-01-05', '2026-07-06', '2026-03-09', '2026-10-26']) {
    for (let hours = 0; hours < 7 * 24; hours += 1) {
      const at = Date.parse(`${week}T00:30:00Z`) + hours * hour
      const callable = callableAt(at)
      // Australian law knows no calls on Sundays; the list holds without them, whatever packs come.
      const elsewhere = callable.filter(({ number }) => !number.startsWith('+61'))
      assert.ok(elsewhere.length >= 100, `${new Date(at).toISOString()}: ${elsewhere.length}`)
    }
  }
})

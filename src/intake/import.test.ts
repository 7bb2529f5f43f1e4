import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ImportDesk, openImportDesk } from '#kit/imports.ts'
import { newId } from '#store/ids.ts'

let desk: ImportDesk
before(async () => {
  desk = await openImportDesk()
})
after(() => desk.close())

interface LeadRow {
  full_name: string
  first_name: string
  last_name: string
  number: string
  status: string
  held_by: string | null
  due_at: Date | null
  metadata: Record<string, unknown> | null
  phones: string[]
}

function leadsOf(campaignId: string): Promise<LeadRow[]> {
  return desk.rows<LeadRow>(
    `select l.status, l.held_by, l.due_at, l.metadata, c.full_name, c.first_name, c.last_name,
       (select array_agg(p.number order by p.position) from contact_phones p where p.contact_id = c.id) as phones
     from leads l join contacts c on c.id = l.contact_id where l.campaign_id = $1 order by l.number`,
    [campaignId],
  )
}

const counts = (job: {
  total_rows: number
  imported_rows: number
  duplicate_rows: number
  invalid_rows: number
  suppressed_rows: number
}) => [job.total_rows, job.imported_rows, job.duplicate_rows, job.invalid_rows, job.suppressed_rows]

test('a list becomes leads: numbers, names, alternates, custom columns, and each refused row with its reason', async () => {
  const campaign = await desk.campaign({ window_start: 9 * 60, window_end: 18 * 60 })
  const file = [
    'id,Name,,Phone 1,phone2,Notes',
    '1,"Khan, Ahmed",blue,(212) 555-0101,212-555-0102 ext. 7,"two',
    'lines"',
    '2,Mary Ann Smith,,not a number,,',
    '3,Bob Brown,,,+12125550103,',
    '',
    '4,Bob Again,red,+1 212 555 0101,,',
    '5,Too Many,,2125550104,,note,beyond',
  ].join('\r\n')
  const job = await desk.import(file, campaign)
  assert.deepEqual([job.status, ...counts(job)], ['partial', 5, 2, 1, 2, 0])
  const leads = await leadsOf(campaign)
  assert.deepEqual(
    leads.map((lead) => [lead.full_name, lead.first_name, lead.last_name, lead.phones]),
    [
      ['Khan, Ahmed', 'Khan,', 'Ahmed', ['+12125550101', '+12125550102']],
      ['Bob Brown', 'Bob', 'Brown', ['+12125550103']],
    ],
  )
  assert.deepEqual(leads[0]?.metadata, { id: '1', column_3: 'blue', Notes: 'two\r\nlines' })
  assert.equal(leads[0]?.due_at?.toISOString(), '2026-03-04T15:00:00.000Z')
  const errors = await desk.errors(job.id)
  assert.deepEqual(
    errors.map((error) => [error.row, error.column_name, error.reason, error.found]),
    [
      [3, 'Phone 1', 'invalid_number', '“not a number”, which is not a phone number'],
      [7, 'Notes', 'too_many_cells', '7 cells'],
      [6, 'Phone 1', 'duplicate_in_campaign', '+12125550101'],
    ],
  )
  assert.deepEqual(errors[0]?.cells, ['2', 'Mary Ann Smith', '', 'not a number', '', ''])
  assert.deepEqual(await desk.rows('select had_leads from campaigns where id = $1', [campaign]), [{ had_leads: true }])
  assert.deepEqual(await desk.rows('select from import_staging'), [])
  assert.equal(job.file_path, null)
})

test('the same file again makes duplicates and no lead; into another campaign it makes leads of the same people', async () => {
  const file = 'name,phone\nAnn,+13105550101\nBen,+13105550102\nCy,+13105550103\n'
  const campaign = await desk.campaign()
  await desk.import(file, campaign)
  const again = await desk.import(file, campaign)
  assert.deepEqual([again.status, ...counts(again)], ['completed', 3, 0, 3, 0, 0])
  assert.equal((await leadsOf(campaign)).length, 3)
  const other = await desk.campaign()
  assert.deepEqual(counts(await desk.import(file, other)), [3, 3, 0, 0, 0])
  const [people] = await desk.rows<{ count: number }>(
    "select count(*)::int from contact_phones where number like '+1310555010%'",
  )
  assert.equal(people?.count, 3)
})

test('a later row fills the blanks of a known person; it replaces only when the import says so', async () => {
  const of = async () =>
    (
      await desk.rows(
        `select c.full_name, c.company, c.city, c.email, c.custom from contacts c join contact_phones p on p.contact_id = c.id
       where p.number = '+14155550101'`,
      )
    )[0]
  const campaign = await desk.campaign()
  await desk.import('name,phone,company,colour\nAnn Lee,+14155550101,,red\n', campaign)
  await desk.import('name,phone,company,city,colour,size\nOther Name,+14155550101,Acme,Oakland,blue,9\n', null)
  assert.deepEqual(await of(), {
    full_name: 'Ann Lee',
    company: 'Acme',
    city: 'Oakland',
    email: '',
    custom: { colour: 'red', size: '9' },
  })
  await desk.import('name,phone,company,email,colour\nNew Name,+14155550101,,n@example.com,green\n', null, {
    overwrite: true,
  })
  assert.deepEqual(await of(), {
    full_name: 'New Name',
    company: 'Acme',
    city: 'Oakland',
    email: 'n@example.com',
    custom: { colour: 'green', size: '9' },
  })
  const second = await desk.campaign()
  await desk.import('name,phone\nAnn as this list has her,+14155550101\n', second)
  assert.deepEqual((await leadsOf(second))[0]?.metadata, { said: { full_name: 'Ann as this list has her' } })
})

test('numbers on a suppression list become leads that are not called, and are reported', async () => {
  const campaign = await desk.campaign()
  const other = await desk.campaign()
  const suppress = (number: string, scope: string, campaignId: string | null, expires: string | null) =>
    desk.rows(
      `insert into suppressions (workspace_id, id, number, scope, campaign_id, source, expires_at, created_at)
       values ($1, $2, $3, $4, $5, 'manual', $6, now())`,
      [desk.tenant.workspace_id, newId(desk.now), number, scope, campaignId, expires],
    )
  await suppress('+15125550101', 'workspace', null, null)
  await suppress('+15125550102', 'campaign', campaign, null)
  await suppress('+15125550103', 'campaign', other, null)
  await suppress('+15125550104', 'workspace', null, '2026-03-10T00:00:00Z')
  const file = 'phone\n+15125550101\n+15125550102\n+15125550103\n+15125550104\n'
  const job = await desk.import(file, campaign)
  assert.deepEqual([job.status, ...counts(job)], ['completed', 4, 2, 0, 0, 2])
  const leads = await leadsOf(campaign)
  assert.deepEqual(
    leads.map((lead) => [lead.phones[0], lead.status, lead.held_by, lead.due_at?.toISOString() ?? null]),
    [
      ['+15125550101', 'do_not_call', 'do_not_call', null],
      ['+15125550102', 'do_not_call', 'do_not_call', null],
      ['+15125550103', 'pending', null, '2026-03-04T15:00:00.000Z'],
      ['+15125550104', 'pending', 'do_not_call_until', '2026-03-10T00:00:00.000Z'],
    ],
  )
  assert.deepEqual(
    (await desk.errors(job.id)).map((error) => [error.row, error.reason]),
    [
      [2, 'suppressed'],
      [3, 'suppressed'],
    ],
  )
  // The people are known by now: the other campaign's leads join them.
  const second = await desk.import(file, other)
  assert.deepEqual(counts(second), [4, 2, 0, 0, 2])
  assert.deepEqual(
    (await leadsOf(other)).map((lead) => lead.status),
    ['do_not_call', 'pending', 'do_not_call', 'pending'],
  )
})

test('due times are the next lawful instant where the person is; follow-up dates, budgets, priorities and consent are kept', async () => {
  const campaign = await desk.campaign({ hours_zone: 'person', window_start: 9 * 60, window_end: 18 * 60 })
  const file =
    'name,number,city,attempts,state,follow_up_date,priority,consent,last_order_date,customer_segment\n' +
    'New York,2125550111,,5,,,,written,,\nHonolulu,8085550111,,x,,,high,,2026-01-15T14:30:00Z,small\nMoved,2125550112,,,CA,,,,,\n' +
    'Later,2125550113,,,,2026-04-01,,,,\nRefused,2125550114,,,,,,no,,\nUnclear,2125550115,,,,31/31/2026,,,,\n'
  const job = await desk.import(file, campaign, { attempts: { default: 1 } })
  assert.deepEqual(counts(job), [6, 4, 0, 2, 0])
  const leads = await desk.rows(
    `select c.full_name, l.due_at, l.held_by, l.max_attempts, l.priority, l.consent_basis, l.follow_up_date, l.last_order_date, l.customer_segment
     from leads l join contacts c on c.id = l.contact_id where l.campaign_id = $1 order by l.number`,
    [campaign],
  )
  const none = {
    held_by: null,
    priority: 0,
    consent_basis: null,
    follow_up_date: null,
    last_order_date: null,
    customer_segment: null,
    max_attempts: 1,
  }
  assert.deepEqual(leads, [
    {
      ...none,
      full_name: 'New York',
      due_at: new Date('2026-03-04T15:00:00Z'),
      max_attempts: 5,
      consent_basis: 'written',
    },
    {
      ...none,
      full_name: 'Honolulu',
      due_at: new Date('2026-03-04T19:00:00Z'),
      held_by: 'campaign_hours',
      priority: 10,
      last_order_date: new Date('2026-01-15T14:30:00Z'),
      customer_segment: 'small',
    },
    { ...none, full_name: 'Moved', due_at: new Date('2026-03-04T17:00:00Z'), held_by: 'campaign_hours' },
    // Nine in New York on that day; the date itself is shown as it was written.
    {
      ...none,
      full_name: 'Later',
      due_at: new Date('2026-04-01T13:00:00Z'),
      held_by: 'campaign_hours',
      follow_up_date: new Date('2026-04-01T00:00:00Z'),
    },
  ])
  const reasons = (await desk.errors(job.id)).map((error) => [error.row, error.column_name, error.reason])
  assert.deepEqual(reasons, [
    [6, 'consent', 'no_consent'],
    [7, 'follow_up_date', 'invalid_date'],
  ])
})

test('lead numbers are counted on and given once; contacts and leads belong to who imported', async () => {
  const campaign = await desk.campaign()
  await desk.import('phone\n+16025550101\n+16025550102\n+16025550101\n', campaign)
  await desk.import('phone\n+16025550103\n', campaign)
  const [sum] = await desk.rows<{ leads: number; numbers: number; owners: number }>(
    `select count(*)::int as leads, count(distinct number)::int as numbers,
       (select count(distinct owner_user_id)::int from contacts) as owners from leads`,
  )
  assert.equal(sum?.leads, sum?.numbers)
  assert.equal(sum?.owners, 1)
})

test('without a campaign it makes contacts and no lead', async () => {
  const job = await desk.import('name,phone\nAnn,+17025550101\nBen,+17025550101\nCy,bad\n', null)
  assert.deepEqual([job.status, ...counts(job)], ['partial', 3, 1, 1, 1, 0])
  assert.deepEqual(
    (await desk.errors(job.id)).map((error) => error.reason),
    ['invalid_number', 'duplicate_contact'],
  )
})

test('two workspaces never meet, although they import the same numbers at the same time', async () => {
  const { makeCampaign, makeTenant } = await import('#kit/tenant.ts')
  const other = await makeTenant(desk.db.app, desk.now)
  const theirs = await makeCampaign(desk.db.app, other, desk.now, {})
  const ours = await desk.campaign()
  const file = Array.from({ length: 400 }, (_, index) => `+1646555${String(index).padStart(4, '0')}`).join('\n')
  const neighbour = { ...desk, tenant: other }
  assert.notEqual(theirs, ours)
  const [mine] = await Promise.all([
    desk.import(`phone\n${file}\n`, ours),
    importAs(neighbour.tenant, theirs, `phone\n${file}\n`),
  ])
  assert.equal(mine.imported_rows, 400)
  const spread = await desk.rows<{ count: number }>(
    "select count(*)::int from contact_phones where number like '+1646555%' group by workspace_id",
  )
  assert.deepEqual(spread, [{ count: 400 }, { count: 400 }])
})

async function importAs(
  tenant: { workspace_id: string; user_id: string },
  campaign_id: string,
  file: string,
): Promise<void> {
  const { Readable } = await import('node:stream')
  const { createImport } = await import('#store/imports.ts')
  const { inWorkspace } = await import('#store/tx.ts')
  const { runImport } = await import('./import.ts')
  const { spoolUpload } = await import('./uploads.ts')
  const id = newId(desk.now)
  const spooled = await spoolUpload(desk.deps.data_dir, id, Readable.from([Buffer.from(file)]))
  assert.ok(spooled.ok)
  const { file_path, file_size_bytes } = spooled
  const job = {
    id,
    campaign_id,
    owner_user_id: tenant.user_id,
    file_name: 'x.csv',
    file_path,
    file_size_bytes,
    options: {},
  }
  await inWorkspace(desk.db.app, tenant, (tx) => createImport(tx, tenant.workspace_id, job, desk.now))
  await runImport(desk.deps, { workspace_id: tenant.workspace_id, import_id: id })
}

/**
 * Every table in which a person may stand, and what becomes of the rows: deleted where nothing is counted by them, blanked
 * where calls, tries and leads are. A table that comes to hold anything of people belongs here.
 */
import type { Person } from './erasure.ts'
import type { Tx } from './tx.ts'

interface Erasing {
  table: string
  /** SQL with the workspace as $1. */
  text: string
  values: unknown[]
}

type Counts = Record<string, number>

/**
 * Erases where no index leads to the person, by what the rows say. Takes its time; nobody's claims are held yet. `words`
 * are those of the name.
 */
export async function eraseByText(
  tx: Tx,
  workspaceId: string,
  person: Person,
  known: { full_name: string; email: string },
): Promise<Counts> {
  const digits = person.numbers.map((number) => number.slice(1))
  const said = (text: string) => `exists (select from unnest($2::text[]) n where strpos(${text}, n) > 0)`
  const words = known.full_name.toLowerCase().split(/\s+/).filter(Boolean)
  const email = known.email.toLowerCase()
  return erase(tx, workspaceId, [
    {
      table: 'provider_payloads',
      text: `delete from provider_payloads where workspace_id = $1 and ${said(`payload #>> '{}'`)}`,
      values: [[...digits, ...person.provider_call_ids]],
    },
    {
      table: 'agent_messages',
      text: `delete from agent_messages where workspace_id = $1 and ${said('data::text')}`,
      values: [[...digits, person.contact_id, ...person.calls]],
    },
    {
      table: 'live_events',
      text: `delete from live_events where workspace_id = $1 and ${said('data::text')}`,
      values: [[...digits, person.contact_id]],
    },
    {
      table: 'live_outbox',
      text: `delete from live_outbox where workspace_id = $1 and ${said('data::text')}`,
      values: [[...digits, person.contact_id]],
    },
    {
      table: 'import_errors',
      // By the number however it was spelt, the e-mail address, or all words of a name that has several.
      text: `delete from import_errors e where e.workspace_id = $1 and (
          exists (
            select from jsonb_array_elements_text(coalesce(e.cells, '[]') || jsonb_build_array(e.found)) c (cell),
              ltrim(regexp_replace(c.cell, '\\D', '', 'g'), '0') t, unnest($2::text[]) d
            where strpos(t, right(d, 8)) > 0 or length(t) >= 7 and right(d, length(t)) = t
              or $3 <> '' and strpos(lower(c.cell), $3) > 0)
          or cardinality($4::text[]) > 1
            and (select bool_and(strpos(lower(concat(e.cells, e.found)), w) > 0) from unnest($4::text[]) w))`,
      values: [digits, email, words],
    },
    {
      table: 'suppression_list_refusals',
      text: `delete from suppression_list_refusals where workspace_id = $1
        and exists (select from unnest($2::text[]) n where strpos(regexp_replace(text, '\\D', '', 'g'), right(n, 8)) > 0)`,
      values: [digits],
    },
    {
      table: 'imports',
      // A file's first values, kept for whoever says which column is what: nobody needs them once it is read.
      text: `update imports set layout = jsonb_set(layout, '{columns}', (
          select coalesce(jsonb_agg(c || '{"samples": []}' order by place), '[]')
          from jsonb_array_elements(layout -> 'columns') with ordinality as c (c, place)))
        where workspace_id = $1 and jsonb_path_exists(layout, '$.columns[*].samples[*]')`,
      values: [],
    },
  ])
}

/** Erases by the person's ids and numbers: attempts before leads, as everybody locks them. */
export async function eraseByIds(tx: Tx, workspaceId: string, person: Person, at: number): Promise<Counts> {
  const { contact_id, numbers, calls } = person
  const counts = await erase(tx, workspaceId, [
    {
      table: 'attempts',
      text: `update attempts a set number = 'erased', verdict = jsonb_strip_nulls(jsonb_build_object('erased', true,
          'past', a.verdict -> 'past', 'verdict', jsonb_build_object('answer', a.verdict #> '{verdict,answer}',
            'at', a.verdict #> '{verdict,at}', 'rule', a.verdict #> '{verdict,rule}',
            'packs', a.verdict #> '{verdict,evidence,packs}'))),
          -- Why an agent passed somebody over is in the agent's own words.
          drop_reason = case when a.drop_reason like 'skipped:%' then 'skipped' else a.drop_reason end
        where a.workspace_id = $1 and a.id = any ($2)`,
      values: [calls],
    },
    {
      table: 'calls',
      text: `update calls c set metadata = '{}', external_lead_id = null, recording_url = null, zone = null,
          hangup_cause = case when c.hangup_cause ~ '[0-9]{6}' then null else c.hangup_cause end,
          from_number = case when c.direction = 'inbound' or c.from_number = any ($3) then null else c.from_number end,
          to_number = case when c.direction = 'outbound' or c.to_number = any ($3) then null else c.to_number end
        where c.workspace_id = $1 and c.id = any ($2)`,
      values: [calls, numbers],
    },
    {
      table: 'recordings',
      // The audio goes as soon as this is committed.
      text: `update recordings set state = 'leaving', due_at = now(), url = 'erased ' || id, reason = 'the person was erased'
        where workspace_id = $1 and call_id = any ($2)`,
      values: [calls],
    },
    {
      table: 'event_inbox',
      text: 'delete from event_inbox where workspace_id = $1 and (attempt_id = any ($2) or provider_call_id = any ($3))',
      values: [calls, person.provider_call_ids],
    },
    {
      table: 'call_hints',
      text: 'delete from call_hints where workspace_id = $1 and (attempt_id = any ($2) or provider_call_id = any ($3))',
      values: [calls, person.provider_call_ids],
    },
    {
      table: 'number_commitments',
      text: 'delete from number_commitments where workspace_id = $1 and (call_id = any ($2) or number = any ($3))',
      values: [calls, numbers],
    },
    {
      table: 'consents',
      text: 'delete from consents where workspace_id = $1 and number = any ($2)',
      values: [numbers],
    },
    {
      table: 'number_rests',
      text: 'delete from number_rests where workspace_id = $1 and number = any ($2)',
      values: [numbers],
    },
    {
      table: 'call_dispositions',
      text: `update call_dispositions set note = '', fields = '{}'
        where workspace_id = $1 and call_id = any ($2) and (note <> '' or fields <> '{}')`,
      values: [calls],
    },
    {
      table: 'call_notes',
      text: 'delete from call_notes where workspace_id = $1 and (contact_id = $2 or call_id = any ($3))',
      values: [contact_id, calls],
    },
    ...erasingOfContact(contact_id, at),
  ])
  const { rows } = await tx.query<{ counts: Counts }>('select erase_from_histories($1, $2) as counts', [calls, numbers])
  return { ...counts, ...rows[0]?.counts }
}

/** The contact stays as an empty row, so that its leads, which are counted, are still somebody's. */
function erasingOfContact(contactId: string, at: number): Erasing[] {
  return [
    {
      table: 'leads',
      text: `update leads l set metadata = null, customer_segment = null, last_order_date = null, follow_up_date = null,
          consent_basis = null, named = false, due_at = null, not_before = null, updated_at = $3,
          held_by = case when l.status in ('pending', 'callback') then 'do_not_call' else l.held_by end,
          status = case when l.status in ('pending', 'callback') then 'do_not_call' else l.status end
        where l.workspace_id = $1 and l.contact_id = $2`,
      values: [contactId, new Date(at)],
    },
    {
      table: 'callbacks',
      text: `update callbacks k set note = '', updated_at = $3, closed_at = coalesce(k.closed_at, $3),
          closed_reason = case when k.status in ('open', 'cancelled') then 'contact_erased' else k.closed_reason end,
          status = case when k.status = 'open' then 'cancelled' else k.status end
        where k.workspace_id = $1 and k.contact_id = $2`,
      values: [contactId, new Date(at)],
    },
    {
      table: 'contact_phones',
      text: 'delete from contact_phones where workspace_id = $1 and contact_id = $2',
      values: [contactId],
    },
    {
      table: 'contacts',
      text: `update contacts c set full_name = '', first_name = '', last_name = '', company = '', email = '', city = '',
          time_zone = null, country = null, region = null, postcode = null, language = null, custom = '{}', updated_at = $3,
          deleted_at = coalesce(c.deleted_at, $3), erased_at = $3
        where c.workspace_id = $1 and c.id = $2`,
      values: [contactId, new Date(at)],
    },
  ]
}

async function erase(tx: Tx, workspaceId: string, erasings: Erasing[]): Promise<Counts> {
  const counts: Counts = {}
  for (const { table, text, values } of erasings) {
    const { rowCount } = await tx.query(text, [workspaceId, ...values])
    counts[table] = rowCount ?? 0
  }
  return counts
}

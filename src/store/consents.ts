import type { ConsentStrength } from '#domain/rule-packs/rule-pack.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

/** What somebody agreed to at a number. */
export interface Consent {
  id: string
  number: string
  basis: string
  strength: ConsentStrength
  /** The words the person agreed to. */
  text: string
  /** Where it was given: a form's address, a recording, a paper's place. */
  source: string
  given_at: Date
  expires_at: Date | null
  recorded_by: string
  created_at: Date
  withdrawn_at: Date | null
  withdrawn_by: string | null
  withdrawn_reason: string | null
}

const columns = `q.id, q.number, q.basis, q.strength, q.text, q.source, q.given_at, q.expires_at, q.recorded_by, q.created_at,
  q.withdrawn_at, q.withdrawn_by, q.withdrawn_reason`

export const consentSorts = ['created_at', 'given_at'] as const
export type ConsentSort = (typeof consentSorts)[number]

const listing: Listing<ConsentSort> = {
  columns,
  from: 'consents q',
  id: 'q.id',
  sorts: {
    created_at: { by: 'q.created_at', type: 'timestamptz' },
    given_at: { by: 'q.given_at', type: 'timestamptz' },
  },
}

export async function listConsents(
  tx: Tx,
  workspaceId: string,
  number: string | undefined,
  page: PageOf<ConsentSort>,
): Promise<Page<Consent>> {
  const filters: [string, unknown][] = [
    ['q.workspace_id = ?', workspaceId],
    ['q.number = ?', number],
  ]
  return readPage<Consent, ConsentSort>(tx, listing, filters, page)
}

export async function readConsent(tx: Tx, workspaceId: string, id: string): Promise<Consent | null> {
  const { rows } = await tx.query<Consent>(
    `select ${columns} from consents q where q.workspace_id = $1 and q.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export type NewConsent = Omit<Consent, 'withdrawn_at' | 'withdrawn_by' | 'withdrawn_reason'>

export async function addConsent(tx: Tx, workspaceId: string, consent: NewConsent): Promise<Consent> {
  const { id, number, basis, strength, text, source, given_at, expires_at, recorded_by, created_at } = consent
  const { rows } = await tx.query<Consent>(
    `insert into consents as q (workspace_id, id, number, basis, strength, text, source, given_at, expires_at, recorded_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${columns}`,
    [...[workspaceId, id, number, basis, strength, text, source, given_at], ...[expires_at, recorded_by, created_at]],
  )
  return rows[0] as Consent
}

/** Takes back every consent of a number that stands; returns what is withdrawn now. */
export async function withdrawConsents(
  tx: Tx,
  workspaceId: string,
  number: string,
  by: { user_id: string; reason: string; at: number },
): Promise<Consent[]> {
  const { rows } = await tx.query<Consent>(
    `update consents q set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5
     where q.workspace_id = $1 and q.number = $2 and q.withdrawn_at is null returning ${columns}`,
    [workspaceId, number, new Date(by.at), by.user_id, by.reason],
  )
  return rows
}

import type { LeadSort, LeadStatus } from '../../api/leads.ts'
import type { Sort } from '../../ui/table.tsx'

export const leadStatuses = [
  'pending',
  'calling',
  'callback',
  'completed',
  'called',
  'failed',
  'skipped',
  'do_not_call',
] as const satisfies readonly LeadStatus[]

export interface LeadSearch {
  status?: LeadStatus | undefined
  /** The one that is looked at. */
  lead?: string | undefined
  sort?: LeadSort | undefined
}

const sorts: readonly LeadSort[] = ['number', '-number', 'due_at', '-due_at', 'priority', '-priority']
const uuid = /^[0-9a-f-]{36}$/

export function readLeadSearch({ status, lead, sort }: Record<string, unknown>): LeadSearch {
  const [known, by] = [leadStatuses.find((each) => each === status), sorts.find((each) => each === sort)]
  return {
    ...(known && { status: known }),
    ...(typeof lead === 'string' && uuid.test(lead) && { lead }),
    ...(by && { sort: by }),
  }
}

export const readSort = (sort: LeadSort): Sort => ({ by: sort.replace('-', ''), descending: sort.startsWith('-') })
export const writeSort = ({ by, descending }: Sort) => `${descending ? '-' : ''}${by}` as LeadSort

import type { ContactFilter, ContactSort } from '../../api/contacts.ts'
import type { Sort } from '../../ui/table.tsx'

export interface ContactSearch {
  q?: string | undefined
  /** The import they came with. */
  list?: string | undefined
  sort?: ContactSort | undefined
  /** Columns that are not shown. */
  hide?: string | undefined
}

const uuid = /^[0-9a-f-]{36}$/
const sorts: readonly ContactSort[] = ['name', '-name', 'created_at', '-created_at', 'updated_at', '-updated_at']

/** What an address says of who is shown; whatever it says else is passed over. */
export function readContactSearch({ q, list, sort, hide }: Record<string, unknown>): ContactSearch {
  const known = sorts.find((each) => each === sort)
  return {
    // The address carries a number as one.
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' && { q: String(q).slice(0, 200) }),
    ...(typeof list === 'string' && uuid.test(list) && { list }),
    ...(known && { sort: known }),
    ...(typeof hide === 'string' && hide !== '' && { hide: hide.slice(0, 200) }),
  }
}

export function filterOf({ q, list }: ContactSearch): ContactFilter {
  return { ...(q !== undefined && { search: q }), ...(list !== undefined && { import_id: list }) }
}

export const readSort = (sort: ContactSort): Sort => ({ by: sort.replace('-', ''), descending: sort.startsWith('-') })
export const writeSort = ({ by, descending }: Sort) => `${descending ? '-' : ''}${by}` as ContactSort

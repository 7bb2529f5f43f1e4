import type { CallSearch } from '#domain/call-search.ts'
import type { Filter } from './keyset.ts'
import type { Tx } from './tx.ts'

/** Of more people of a name than these, some were called lately: their calls are met on the way through all. */
const mostPeople = 5_000

/** No index is walked for what it can't hold: whatever begins so comes before this. */
const past = (text: string) => `(${text} || chr(1114111))`

/**
 * Which calls are meant. Rare ones are named by an index before anything is put in order; of a frequent name the calls are
 * met from the newest on.
 */
export async function findCalls(tx: Tx, workspaceId: string, search: CallSearch): Promise<Filter> {
  if (search.by === 'id') return ['c.id = ?', search.id]
  if (search.by === 'number') return ['c.number = ?', search.number]
  if (search.by === 'phone') {
    return [
      `c.id = any (array(select x.id from calls x where x.workspace_id = (select acting_workspace())
        and x.phone_reversed ~>=~ ? and x.phone_reversed ~<~ ${past('?::text')}))`,
      search.reversed,
    ]
  }
  const people = await findPeople(tx, workspaceId, search.begins)
  if (people !== null) {
    return [
      `c.id = any (array(select x.id from calls x where x.workspace_id = (select acting_workspace()) and x.contact_id = any (?)))`,
      people,
    ]
  }
  return [
    `(select starts_with(n.full_name_key, ?) or starts_with(n.last_name_key, ?) from contacts n
      where n.workspace_id = c.workspace_id and n.id = c.contact_id)`,
    search.begins,
  ]
}

/** Whose full name or last name begins so; null where they are many. Whoever was deleted since had calls all the same. */
async function findPeople(tx: Tx, workspaceId: string, begins: string): Promise<string[] | null> {
  const named = (column: string) => `select n.id from contacts n where n.workspace_id = $1
    and n.${column} ~>=~ $2 and n.${column} ~<~ ${past('$2::text')}`
  const { rows } = await tx.query<{ id: string }>({
    name: 'find-people-by-name',
    text: `(${named('full_name_key')} limit $3) union (${named('last_name_key')} limit $3)`,
    values: [workspaceId, begins, mostPeople + 1],
  })
  return rows.length > mostPeople ? null : rows.map(({ id }) => id)
}

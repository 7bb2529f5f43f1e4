import { isServable } from '#domain/routing.ts'
import { listTrunks, type Trunk } from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import { undialed } from '#telephony/registry.ts'
import type { ValueFault } from '../../http/problems.ts'

/** What is wrong with what a trunk is to serve; `id` is null for a new one. Prices are compared, so they are in one currency. */
export async function findServingFaults(
  tx: Tx,
  workspaceId: string,
  trunk: Pick<Trunk, 'provider' | 'serves' | 'currency'> & { id: string | null },
): Promise<ValueFault[]> {
  const { serves, provider, currency } = trunk
  if (serves.length === 0) return []
  const unknown = serves.flatMap((part, index) =>
    isServable(part) ? [] : [{ path: `serves.${index}`, message: 'is no country with phone numbers' }],
  )
  const why = undialed[provider]
  if (why !== undefined) unknown.push({ path: 'serves', message: why })
  const others = (await listTrunks(tx, workspaceId)).filter((other) => other.id !== trunk.id && other.serves.length > 0)
  const other = others.find((each) => currency !== null && each.currency !== null && each.currency !== currency)
  if (!other) return unknown
  const message = `must be ${other.currency}, as of the other trunks that serve something: their prices are compared`
  return [...unknown, { path: 'currency', message }]
}

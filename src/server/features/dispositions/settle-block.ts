import type { CallDisposition } from '#store/call-dispositions.ts'
import { newId } from '#store/ids.ts'
import { readSuppression, type Suppression } from '#store/suppressions.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { block, unblock, weaken } from '../suppressions/block.ts'
import type { Said } from './said.ts'

type Blocking = Pick<CallDisposition, 'suppression_id' | 'suppression_asked' | 'suppression_until'>

const none: Blocking = { suppression_id: null, suppression_asked: null, suppression_until: null }

/**
 * Blocks the person's number where the disposition says so. A former disposition's block is taken back where the new one
 * asks for none, unless somebody else has asked for it too.
 */
export async function settleBlock(
  tx: Tx,
  caller: Caller,
  { call_id, number }: { call_id: string; number: string | null },
  former: CallDisposition | null,
  { category }: Said,
  at: number,
): Promise<Blocking> {
  const { workspace_id, user_id } = caller
  const held = former?.suppression_id ? await readSuppression(tx, workspace_id, former.suppression_id) : null
  const holds = former !== null && held !== null && held.removed_at === null
  if (!category.blocks_number) {
    if (holds) await takeBack(tx, caller, held, former, at)
    return none
  }
  if (holds) {
    const { suppression_id, suppression_asked, suppression_until } = former
    return { suppression_id, suppression_asked, suppression_until }
  }
  if (number === null) return none
  const wanted = { id: newId(at), number, scope: 'workspace' as const, campaign_id: null, added_by: user_id }
  const reason = `said on call ${call_id}: ${category.name}`
  const said = { ...wanted, reason, source: 'customer_request' as const, expires_at: null }
  const { suppression, former_end } = await block(tx, workspace_id, said, at)
  return { suppression_id: suppression.id, suppression_asked: suppression.asked, suppression_until: former_end }
}

async function takeBack(
  tx: Tx,
  { workspace_id, user_id }: Caller,
  suppression: Suppression,
  former: CallDisposition,
  at: number,
): Promise<void> {
  if (suppression.asked !== former.suppression_asked) return
  if (former.suppression_asked === 1) {
    const reason = `the disposition of call ${former.call_id} was corrected`
    await unblock(tx, workspace_id, suppression.id, { user_id, reason, at })
  } else {
    await weaken(tx, workspace_id, suppression, former.suppression_until, at)
  }
}

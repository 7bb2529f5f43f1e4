import { describeNumber, isEmergencyService } from '#domain/phone-number.ts'
import type { CallInHand } from '#store/call-acts.ts'
import { findBlocks } from '#store/suppressions.ts'
import type { Tx } from '#store/tx.ts'
import { type Refusal, refuseValues } from '../../http/problems.ts'

/** Whether a call may be handed to, or somebody consulted at, an extension or number; the refusal names the rule. */
export async function refuseThirdParty(
  tx: Tx,
  workspaceId: string,
  call: CallInHand,
  to: string,
  at: number,
): Promise<Refusal | null> {
  const refuseTo = (rule: string, message: string) => {
    const refusal = refuseValues([{ path: 'to', message }])
    return { ...refusal, members: { ...refusal.members, rule } }
  }
  if (!to.startsWith('+')) {
    return isEmergencyService(to) ? refuseTo('emergency-number', 'is an emergency or service number') : null
  }
  const number = describeNumber(to)
  if (number === null) return refuseTo('invalid-number', 'is no subscriber’s number like +12125550100')
  if (number.kind === 'premium') return refuseTo('premium-number', 'is a premium number')
  const [block] = await findBlocks(tx, workspaceId, to, call.campaign_id, at)
  return block ? refuseTo('suppressed', `is suppressed: ${block.reason}`) : null
}

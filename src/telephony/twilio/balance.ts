import { z } from 'zod'
import type { BalanceReply } from '../port.ts'
import { faultOf, type RestAnswer } from './rest.ts'

/** Subaccounts have none: they are paid for by the account above them. */
const balance = z.object({ balance: z.string().nullish(), currency: z.string().nullish() })

export function readBalance(answer: RestAnswer): BalanceReply {
  if (answer.status !== 200) return { ok: false, fault: faultOf(answer) }
  const { balance: left, currency = null } = balance.safeParse(answer.body).data ?? {}
  const amount = left ? Number(left) : Number.NaN
  if (Number.isFinite(amount)) return { ok: true, amount, currency }
  return { ok: false, fault: { verdict: 'permanent', reason: 'the carrier tells no balance of this account' } }
}

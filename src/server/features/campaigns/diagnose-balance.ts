import { usableIds } from '#domain/routing.ts'
import type { TrunkBalance } from '#store/trunk-balances.ts'
import type { CampaignUsage, Usage } from '#store/usage.ts'
import { type Diagnosis, sayInstant } from './diagnose-quiet.ts'

/** Of the workspace's trunks, by id; those whose carrier tells nothing are absent. */
export type Balances = ReadonlyMap<string, TrunkBalance & { name: string; low_balance: number | null }>

type Told = { name: string; amount: number; sentence: string }

/** Accounts of the campaign's trunks on which nothing is left, or too little. */
function findLow({ id, trunk_id }: CampaignUsage, { routes }: Usage, balances: Balances, at: number) {
  const route = routes?.[id]
  const ids = route ? usableIds(route) : [trunk_id ?? '']
  const low = ids.flatMap((each): Told[] => {
    const { name, amount, currency, told_at, low_balance } = balances.get(each) ?? {}
    if (amount == null || told_at == null || name === undefined || amount > Math.max(0, low_balance ?? 0)) return []
    const left = [amount.toFixed(2), currency].filter((word) => word !== null).join(' ')
    return [
      { name, amount, sentence: `The account of “${name}” has ${left} left (${sayInstant(told_at.getTime(), at)}).` },
    ]
  })
  return { ids, low }
}

/** Nothing is left on any account that the campaign calls over: carriers take no calls then. */
export function findEmptyAccount(own: CampaignUsage, usage: Usage, balances: Balances, at: number): Diagnosis | null {
  const { ids, low } = findLow(own, usage, balances, at)
  const empty = low.filter(({ amount }) => amount <= 0)
  if (ids.length === 0 || empty.length < ids.length) return null
  return { code: 'balance', sentence: empty.map(({ sentence }) => sentence).join(' ') }
}

/** What somebody should know of its accounts while the campaign dials: `dialing` says that it does. */
export function findLowBalance(
  own: CampaignUsage,
  usage: Usage,
  balances: Balances,
  { dialing, at }: { dialing: string; at: number },
): Diagnosis | null {
  const { low } = findLow(own, usage, balances, at)
  if (low.length === 0) return null
  return { code: 'low_balance', sentence: [dialing, ...low.map(({ sentence }) => sentence)].join(' ') }
}

import { type AnswerCount, hasFallen } from '#domain/answer-rate.ts'
import { readAnswerRates } from '#store/caller-ids.ts'
import { readTrunk } from '#store/trunks.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'

interface Rates {
  last_day: AnswerCount
  week_before: AnswerCount
  fallen: boolean
}

/** How often calls over a trunk are answered, of each of its numbers and of all, and whether that has fallen. */
export async function readRatesOfTrunk(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<(Rates & { caller_ids: (Rates & { number: string })[] }) | Refusal> {
  const { workspace_id } = caller
  const rates = await withinAll(house, caller, async (tx) => {
    const trunk = await readTrunk(tx, workspace_id, id)
    return trunk && readAnswerRates(tx, workspace_id, id, house.clock.now())
  })
  if (rates === null) return refuseUnknown('trunk')
  const all = {
    last_day: add(rates.map(({ last_day }) => last_day)),
    week_before: add(rates.map(({ week_before }) => week_before)),
  }
  return { ...judge(all), caller_ids: rates.map((each) => judge(each)) }
}

function judge<Of extends Omit<Rates, 'fallen'>>(of: Of): Of & Rates {
  return { ...of, fallen: hasFallen(of.week_before, of.last_day) }
}

function add(counts: AnswerCount[]): AnswerCount {
  const sum = (of: (count: AnswerCount) => number) => counts.reduce((total, count) => total + of(count), 0)
  return { calls: sum(({ calls }) => calls), answered: sum(({ answered }) => answered) }
}

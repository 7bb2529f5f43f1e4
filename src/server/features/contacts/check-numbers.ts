import { findSuppressedNumbers } from '#store/suppressions.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { readPhone, rulesOf } from './numbers.ts'

export interface CheckedNumber {
  /** E.164 where it is a number, else as it was written. */
  phone: string
  /** What is wrong with it; null where it is a number. */
  fault: string | null
  blocked: boolean
}

/** Reads numbers as the workspace's files are read, and says which of them nobody may call; in the order given. */
export async function checkNumbers(house: ServerDeps, caller: Caller, written: string[]): Promise<CheckedNumber[]> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const rules = await rulesOf(tx, workspace_id)
    const readings = written.map((text) => readPhone(text, rules, text))
    const numbers = readings.flatMap((reading) => ('number' in reading ? [reading.number] : []))
    const suppressed = await findSuppressedNumbers(tx, workspace_id, numbers, house.clock.now())
    return readings.map((reading) =>
      'number' in reading
        ? { phone: reading.number, fault: null, blocked: suppressed.has(reading.number) }
        : { phone: reading.path, fault: reading.message, blocked: false },
    )
  })
}

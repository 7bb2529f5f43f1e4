import { v7 } from 'uuid'

/** A UUIDv7 whose time is `at` (epoch ms): ids sort by age, and a call's id names its partition. */
export function newId(at: number): string {
  return v7({ msecs: at })
}

import { randomFillSync, randomInt } from 'node:crypto'

const POOL_BYTES = 6 * 1024
const ID_DIGITS = 12
const SEQUENCE_BITS = 26

/** Makes UUIDv7s of one instant that sort in the order they were made, quickly enough for millions of rows. */
export function createIdMaker(at: number): () => string {
  const pool = Buffer.allocUnsafe(POOL_BYTES)
  let digits = ''
  let used = 0
  let time = at
  let front = timeDigits(time)
  let sequence = randomInt(2 ** (SEQUENCE_BITS - 1))
  return () => {
    if (used >= digits.length) {
      digits = randomFillSync(pool).toString('hex')
      used = 0
    }
    sequence += 1
    if (sequence >= 2 ** SEQUENCE_BITS) {
      sequence = 0
      time += 1
      front = timeDigits(time)
    }
    const high = (0x7000 | (sequence >>> 14)).toString(16)
    const low = (0x8000 | (sequence & 0x3fff)).toString(16)
    used += ID_DIGITS
    return `${front}-${high}-${low}-${digits.slice(used - ID_DIGITS, used)}`
  }
}

function timeDigits(time: number): string {
  const digits = time.toString(16).padStart(ID_DIGITS, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}`
}

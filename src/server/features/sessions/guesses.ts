import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { countGuess, forgiveGuess, type GuessKey } from '#store/sign-in-failures.ts'
import type { ServerDeps } from '../../http/house.ts'
import { type Refusal, refuse } from '../../http/problems.ts'

/** Failures without a wait; many people may share one address. */
const allowedPerAccount = 5
const allowedPerAddress = 30

/**
 * Lets somebody try a password. After too many failures for the account or from the address the try is refused before any
 * work is done; a right one clears the account's. An account that is not there is counted like any other.
 */
export async function tryPassword<T>(
  house: ServerDeps,
  who: { email: string; ip: string },
  guess: () => Promise<T | null>,
): Promise<T | null | Refusal> {
  const account = keyOf('account', who.email.toLowerCase(), allowedPerAccount)
  const address = keyOf('address', networkOf(who.ip), allowedPerAddress)
  const retry_after_seconds = await countGuess(house.pool, [account, address])
  if (retry_after_seconds !== null) {
    const detail = `Too many wrong passwords; try again in ${retry_after_seconds} seconds, or sign in by a link.`
    return refuse('too-many-requests', detail, { retry_after_seconds })
  }
  const right = await guess()
  if (right !== null) await forgiveGuess(house.pool, account, address)
  return right
}

function keyOf(kind: string, text: string, allowed: number): GuessKey {
  return { key: createHash('sha256').update(`${kind} ${text}`).digest(), allowed }
}

/** Whoever has one IPv6 address has all that share its first 64 bits. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  const address = ip.replace(/%.*$/, '')
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? ip
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const first = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - first.length - (tail === '' ? 0 : tail.split(':').length)
  return [...first, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])].slice(0, 4).join(':')
}

/**
 * Passwords as argon2id hashes in the PHC format, which names its parameters: a hash of yesterday's is still understood
 * when today's are stronger.
 */
import crypto, { randomBytes, timingSafeEqual } from 'node:crypto'

interface Strength {
  /** KiB. */
  memory: number
  passes: number
  parallelism: number
}

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. */
const strength: Strength = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32
const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
/** A hash of no password, for accounts that are not there: the work is the same and the answer always no. */
const nobodys = write(strength, randomBytes(saltBytes), randomBytes(hashBytes))

/** Node has argon2 from 24.7 on. */
export const canHashPasswords = typeof crypto.argon2 === 'function'

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return write(strength, salt, await derive(password, salt, strength, hashBytes))
}

/** Whether this is the password of `stored`; null, for nobody's, takes as long and is never right. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { salt, hash, ...made } = read(stored ?? nobodys)
  return timingSafeEqual(await derive(password, salt, made, hash.length), hash) && stored !== null
}

/** True for a hash made with other parameters than today's. */
export function isOutdated(stored: string): boolean {
  const { memory, passes, parallelism } = read(stored)
  return memory !== strength.memory || passes !== strength.passes || parallelism !== strength.parallelism
}

/** Keyboards write the same letter in different ways; NFKC makes them one (NIST SP 800-63B, 5.1.1.2). */
function derive(password: string, nonce: Buffer, made: Strength, tagLength: number): Promise<Buffer> {
  const parameters = { ...made, message: password.normalize('NFKC'), nonce, tagLength }
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}

function write({ memory, passes, parallelism }: Strength, salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(hash)}`
}

function read(stored: string): Strength & { salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt = '', hash = ''] = phc.exec(stored) ?? []
  if (memory === undefined) throw new Error('a stored password is no argon2id hash')
  return {
    ...{ memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    ...{ salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') },
  }
}

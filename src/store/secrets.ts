import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Which row a secret belongs to; a sealed secret copied into another row does not open. */
export interface SecretPlace {
  workspace_id: string
  table: string
  id: string
}

export interface SecretBox {
  seal(text: string, place: SecretPlace): Buffer
  /** Throws when the bytes were altered, moved, or sealed under another key. */
  open(sealed: Buffer, place: SecretPlace): string
}

const keyIdBytes = 4
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM under a key for each workspace, derived from the master key; layout: key id, nonce, tag, ciphertext. */
export function openSecretBox(masterKey: Buffer): SecretBox {
  const keyId = derive(masterKey, 'key-id', keyIdBytes)
  const keyOf = (place: SecretPlace) => derive(masterKey, `workspace:${place.workspace_id}`, 32)
  const boundTo = (place: SecretPlace) => Buffer.from(`${place.workspace_id}/${place.table}/${place.id}`)
  return {
    seal(text, place) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyOf(place), nonce).setAAD(boundTo(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([keyId, nonce, cipher.getAuthTag(), body])
    },
    open(sealed, place) {
      if (!sealed.subarray(0, keyIdBytes).equals(keyId)) throw new Error('sealed under another master key')
      const nonce = sealed.subarray(keyIdBytes, keyIdBytes + nonceBytes)
      const tag = sealed.subarray(keyIdBytes + nonceBytes, keyIdBytes + nonceBytes + tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(place), nonce).setAAD(boundTo(place)).setAuthTag(tag)
      const body = sealed.subarray(keyIdBytes + nonceBytes + tagBytes)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
  }
}

/**
 * The key under which numbers of erased people are hashed, as the database wants it (number_hash): the inner and the outer
 * block of HMAC-SHA-256, in hex.
 */
export function deriveNumberKey(masterKey: Buffer): string {
  const key = Buffer.concat([derive(masterKey, 'erased-numbers', 32)], 64)
  return Buffer.concat([key.map((byte) => byte ^ 0x36), key.map((byte) => byte ^ 0x5c)]).toString('hex')
}

function derive(masterKey: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'outdial', purpose, bytes))
}

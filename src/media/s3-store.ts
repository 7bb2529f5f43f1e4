import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { ObjectStore } from './object-store.ts'

export interface S3Settings {
  /** The bucket's address by path, such as https://s3.eu-central-1.amazonaws.com/recordings. */
  url: string
  region: string
  access_key_id: string
  secret_access_key: string
}

const answer_within_ms = 60_000

/** Keeps objects in a bucket. Each is signed with its checksum, so that the service refuses what arrived otherwise. */
export function openS3Store({ url, region, access_key_id, secret_access_key }: S3Settings): ObjectStore {
  const client = new AwsClient({
    ...{ accessKeyId: access_key_id, secretAccessKey: secret_access_key, service: 's3', region, retries: 0 },
  })
  const ask = (key: string, init: RequestInit) =>
    client.fetch(`${url}/${key}`, { ...init, signal: AbortSignal.timeout(answer_within_ms) })
  return {
    async put(key, { path, sha256, content_type }) {
      const headers = { 'x-amz-content-sha256': sha256.toString('hex'), 'content-type': content_type }
      await done(await ask(key, { method: 'PUT', headers, body: await openAsBlob(path) }))
    },
    async read(key, { first, last }) {
      const answer = await ask(key, { method: 'GET', headers: { range: `bytes=${first}-${last}` } })
      if (answer.status === 404) return done(answer, null)
      if (answer.status !== 206 || answer.body === null) return done(answer)
      return Readable.fromWeb(answer.body as ReadableStream)
    },
    async delete(key) {
      await done(await ask(key, { method: 'DELETE' }))
    },
  }
}

/** Throws unless the bucket did what it was asked, or has nothing of this key. */
async function done<T>(answer: Response, result?: T): Promise<T> {
  const words = await answer.text()
  if (!answer.ok && answer.status !== 404) {
    throw new Error(`The object store answered ${answer.status}: ${words.slice(0, 200)}`)
  }
  return result as T
}

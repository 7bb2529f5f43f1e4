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
      const answer = await ask(key, { method: 'PUT', headers, body: await openAsBlob(path) })
      if (!answer.ok) await fail(answer)
      await answer.body?.cancel()
    },
    async read(key, { first, last }) {
      const answer = await ask(key, { method: 'GET', headers: { range: `bytes=${first}-${last}` } })
      if (answer.status === 206 && answer.body !== null) return Readable.fromWeb(answer.body as ReadableStream)
      if (answer.status !== 404) return fail(answer)
      await answer.body?.cancel()
      return null
    },
    async delete(key) {
      const answer = await ask(key, { method: 'DELETE' })
      if (!answer.ok && answer.status !== 404) await fail(answer)
      await answer.body?.cancel()
    },
  }
}

async function fail(answer: Response): Promise<never> {
  throw new Error(`The object store answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`)
}

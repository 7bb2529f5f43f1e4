import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import aws4 from 'aws4'
import { openFolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import { openS3Store } from './s3-store.ts'
import { type Staging, stage } from './stage.ts'

const account = { access_key_id: 'an-access-key', secret_access_key: 'its-secret', region: 'eu-central-1' }

/** A bucket that checks what a bucket checks: the signature, by another implementation than ours, and the checksum. */
async function openBucket() {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const told = request.headers
    const answer = (status: number, sent: Buffer | string = '') => response.writeHead(status).end(sent)
    const signed = /SignedHeaders=([^,]+)/.exec(told.authorization ?? '')?.[1]?.split(';') ?? []
    const checked = aws4.sign(
      {
        ...{ service: 's3', region: account.region, method: request.method ?? '', path: request.url ?? '' },
        headers: Object.fromEntries(signed.map((name) => [name, String(told[name])])),
      },
      { accessKeyId: account.access_key_id, secretAccessKey: account.secret_access_key },
    )
    const signature = (line: unknown) => /Signature=(\w+)/.exec(String(line))?.[1]
    if (signature(checked.headers?.Authorization) !== signature(told.authorization))
      return answer(403, 'SignatureDoesNotMatch')
    const sum = told['x-amz-content-sha256']
    if (sum !== 'UNSIGNED-PAYLOAD' && sum !== createHash('sha256').update(body).digest('hex'))
      return answer(400, 'XAmzContentSHA256Mismatch')
    const key = request.url ?? ''
    if (!key.startsWith('/recordings/')) return answer(404, 'NoSuchBucket')
    if (request.method === 'PUT') objects.set(key, body)
    if (request.method === 'DELETE') return answer(objects.delete(key) ? 204 : 404)
    const found = objects.get(key)
    if (!found) return answer(404, 'NoSuchKey')
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(told.range ?? '') ?? []
    return request.method === 'PUT' ? answer(200) : answer(206, found.subarray(Number(first), Number(last) + 1))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/recordings`, close: () => server.close() }
}

describe('audio is kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-media-'))
  const staging: Staging = { folder: join(folder, 'incoming'), most_bytes: 1000 }
  let bucket: Awaited<ReturnType<typeof openBucket>>
  before(async () => {
    bucket = await openBucket()
  })
  after(() => {
    bucket.close()
    rmSync(folder, { recursive: true })
  })

  const stores: [string, () => ObjectStore][] = [
    ['in a folder', () => openFolderStore(folder)],
    ['in a bucket', () => openS3Store({ ...account, url: bucket.url })],
  ]
  const staged = async (text: string) => {
    const reply = await stage(staging, Readable.from([Buffer.from(text)]), 'audio/wav')
    if (!reply.ok) assert.fail(reply.reason)
    return reply.staged
  }
  for (const [where, open] of stores) {
    it(`${where}, and read in parts until it is deleted`, async () => {
      const store = open()
      const read = async (first: number, last: number) => {
        const body = await store.read('recordings/one/two', { first, last })
        return body && (await buffer(body)).toString()
      }
      assert.equal(await read(0, 4), null)
      for (const text of ['0123456789', 'abcdefghij']) {
        const file = await staged(text)
        await store.put('recordings/one/two', file)
        await file.clear()
        assert.equal(await read(0, 9), text)
        assert.equal(await read(3, 5), text.slice(3, 6))
      }
      await store.delete('recordings/one/two')
      await store.delete('recordings/one/two')
      assert.equal(await read(0, 9), null)
    })
  }

  it('by a bucket only as it was read: what changed on the way, or is signed by somebody else, is refused', async () => {
    const file = await staged('as it was')
    writeFileSync(file.path, 'otherwise')
    await assert.rejects(openS3Store({ ...account, url: bucket.url }).put('recordings/x', file), /400/)
    const stranger = openS3Store({ ...account, url: bucket.url, secret_access_key: 'another' })
    await assert.rejects(stranger.read('recordings/one/two', { first: 0, last: 1 }), /403: SignatureDoesNotMatch/)
    const missing = openS3Store({ ...account, url: bucket.url.replace('recordings', 'misspelt') })
    const whole = await staged('for a bucket that is not there')
    await assert.rejects(missing.put('recordings/x', whole), /404: NoSuchBucket/)
    await Promise.all([file.clear(), whole.clear()])
  })

  it('unless there is nothing of it, or too much', async () => {
    const reasonOf = async (...parts: Buffer[]) => {
      const reply = await stage(staging, Readable.from(parts), 'audio/wav')
      return reply.ok ? null : reply.reason
    }
    assert.equal(await reasonOf(), 'empty')
    assert.equal(await reasonOf(Buffer.alloc(600), Buffer.alloc(401)), 'too_large')
    await assert.rejects(
      stage(
        staging,
        Readable.from(
          (function* () {
            yield Buffer.alloc(10)
            throw new Error('the line broke')
          })(),
        ),
        'audio/wav',
      ),
      /the line broke/,
    )
  })
})

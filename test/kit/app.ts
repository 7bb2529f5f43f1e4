/** The whole server for tests: real HTTP on a loopback port, a real database, the real import runner. */
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#config'
import type { Engine } from '#dialer/engine.ts'
import { createImportRunner } from '#intake/import-runner.ts'
import { openMedia } from '#media/open-media.ts'
import { createCarriers } from '#server/carriers.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createRecordingRunner } from '#server/features/recordings/recording-runner.ts'
import { createListRunner } from '#server/features/suppressions/list-runner.ts'
import { messageOf } from '#server/features/voicemail-drops/drop-audio.ts'
import { buildServer, type Server } from '#server/http/app.ts'
import { createLog } from '#server/http/log.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createSignInLink } from '#store/sign-in-links.ts'
import { inWorkspace } from '#store/tx.ts'
import { addMember, createUser, type Role } from '#store/users.ts'
import { createSystemClock } from '#telephony/clock.ts'
import type { LegSink } from '#telephony/port.ts'
import type { WebhookReader } from '#telephony/provider.ts'
import { createRegistry } from '#telephony/registry.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'
import type { Floor } from './floor.ts'
import { makeTenant, type Tenant } from './tenant.ts'

export const webhookSecret = 'a5'.repeat(32)

export interface App {
  url: string
  server: Server
  db: TestDatabase
  tenant: Tenant
  data_dir: string
  recordings: { wake(): void }
  /** The key of the tenant's owner. */
  key: string
  now(): number
  makeKey(who: { workspace_id: string; user_id: string }, scopes?: string[]): Promise<string>
  /** A member with a key and a session of their own. */
  makeMember(tenant: Tenant, role: Role): Promise<{ user_id: string; key: string }>
  /** Signs in by a link and gives the cookie. */
  signIn(who: { workspace_id: string; user_id: string }): Promise<string>
  /** Asks as the tenant's owner unless `key` says otherwise; an object is sent as JSON. */
  ask(method: string, path: string, sent?: Sent): Promise<Answer>
  close(): Promise<void>
}

export interface Sent {
  /** Null: nobody's. */
  key?: string | null
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  body: any
}

export interface AppOptions {
  settings?: Record<string, string>
  floor?: Floor
  /** Reads the webhooks of a provider as a carrier does that only the test knows. */
  webhooks?: Record<string, WebhookReader>
  /** Rows of a suppression list's file that block at once; many unless the test says otherwise. */
  list_chunk_rows?: number
  /** Hears what is told of legs. */
  onLeg?: LegSink
}

export async function openApp(options: AppOptions = {}): Promise<App> {
  const { floor } = options
  const db = floor?.db ?? (await openTestDatabase())
  const clock = floor?.clock ?? { now: () => Date.now() }
  const data_dir = mkdtempSync(join(tmpdir(), 'outdial-app-'))
  const settings = { OUTDIAL_PORT: '0', OUTDIAL_RATE_LIMIT: '1000000', ...options.settings }
  const reading = readConfig(settings, { data_dir })
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  const log = createLog('silent')
  const systemClock = createSystemClock()
  const secrets = openSecretBox(Buffer.alloc(32, 7))
  const files = { script_path: null, ledger_path: null, journal_path: null }
  const registry = createRegistry({
    sim: { speed: 1, seed: '1', url: null, secret: webhookSecret, ...files },
    api_urls: reading.config.carrier_urls,
    sink: async () => {},
    callback_url: ({ provider, id }) => `${server.publicUrl()}/webhooks/${provider}/${id}`,
    clock: systemClock,
    trouble: (message, cause) => log.error({ err: cause }, message),
  })
  const carriers = createCarriers({ pool: db.app, secrets, registry, pbx_addresses: reading.config.pbx_addresses }, {})
  const engine: Engine = {
    ...{ pool: db.app, clock: floor?.clock ?? systemClock, worker: `test-app-${process.pid}`, system_cap: null, log },
    carrierOf: floor?.engine.carrierOf ?? carriers.of,
    messageOf: (workspaceId, drop) => messageOf({ clock, secrets, publicUrl: server.publicUrl }, workspaceId, drop),
    wake(workspaceId, what) {
      if (what === 'numbered') return
      floor?.dialer.wake(workspaceId, what)
      if (what === 'live') server.live.wake(workspaceId)
    },
  }
  const media = await openMedia(reading.config.audio_dir, reading.config.s3)
  const recordings = createRecordingRunner({ pool: db.app, clock, log, engine, ...media })
  const server: Server = await buildServer({
    pool: db.app,
    copy_pool: db.copies,
    clock,
    config: reading.config,
    log,
    secrets,
    engine,
    carriers,
    registry: { webhooksOf: (provider) => options.webhooks?.[provider] ?? registry.webhooksOf(provider) },
    imports: { wake: () => imports.wake() },
    suppression_lists: { wake: () => lists.wake() },
    onLeg: options.onLeg ?? (async () => {}),
    recordings,
    ...media,
  })
  const imports = createImportRunner({
    pool: db.copies,
    clock,
    worker: `test-app-${process.pid}`,
    data_dir,
    log,
    onChunk: (workspaceId) => floor?.dialer.wake(workspaceId, 'dial'),
  })
  const lists = createListRunner({
    pool: db.app,
    clock,
    worker: `test-app-${process.pid}`,
    data_dir,
    log,
    onChange(workspaceId) {
      for (const what of ['floor', 'dial', 'live'] as const) engine.wake(workspaceId, what)
    },
    ...(options.list_chunk_rows ? { chunk_rows: options.list_chunk_rows } : {}),
  })
  await server.listen()
  // Not the public address: nobody stands in front of a test.
  const scheme = reading.config.tls === null ? 'http' : 'https'
  const url = `${scheme}://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  const tenant = floor?.tenant ?? (await makeTenant(db.app, clock.now()))

  async function makeKey(who: { workspace_id: string; user_id: string }, scopes = ['admin']): Promise<string> {
    const token = makeToken()
    const at = clock.now()
    const key = { id: newId(at), user_id: who.user_id, name: 'test', prefix: token.slice(0, 14), scopes, at }
    await inWorkspace(db.app, who, (tx) => createApiKey(tx, who.workspace_id, { ...key, token_hash: hashToken(token) }))
    return token
  }
  const key = await makeKey(tenant)

  async function ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const token = sent.key === undefined ? key : sent.key
    const isText = typeof sent.body === 'string'
    const isForm = sent.body instanceof FormData
    const body = sent.body === undefined || isText || isForm ? sent.body : JSON.stringify(sent.body)
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      ...(body === undefined ? {} : { body: body as string | FormData }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : text }
  }

  return {
    url,
    server,
    db,
    tenant,
    data_dir,
    key,
    now: () => clock.now(),
    recordings,
    makeKey,
    ask,
    async makeMember({ workspace_id }, role) {
      const at = clock.now()
      const user_id = newId(at)
      await inWorkspace(db.app, { workspace_id, user_id }, async (tx) => {
        await createUser(tx, { id: user_id, email: `${user_id}@example.com`, name: role }, at)
        await addMember(tx, workspace_id, { user_id, role }, at)
      })
      return { user_id, key: await makeKey({ workspace_id, user_id }) }
    },
    async signIn(who) {
      const token = makeToken()
      const link = { ...who, token_hash: hashToken(token), kind: 'sign_in' as const, at: clock.now() }
      await inWorkspace(db.app, who, (tx) => createSignInLink(tx, { ...link, expires_at: clock.now() + 3_600_000 }))
      const answer = await ask('POST', '/api/v1/sign-in', { key: null, body: { token } })
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    },
    async close() {
      await Promise.all([imports, lists, recordings].map((runner) => runner.stop()))
      await server.close()
      await registry.closeAll()
      if (!floor) await db.close()
      rmSync(data_dir, { recursive: true, force: true })
    },
  }
}

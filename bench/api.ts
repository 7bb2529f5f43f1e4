/**
 * A validated POST and a filtered list over HTTP, as many at once as there are connections. Against bare clients that
 * run the same statements over as many connections.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'undici'
import { readNumber } from '#domain/phone-number.ts'
import { startServer } from '#kit/server-process.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { readCaller } from '#store/callers.ts'
import { changeContact, insertContact, listContacts, readContact, setContactPhones } from '#store/contacts.ts'
import { findApiKey } from '#store/finders.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import { type Bar, flag, openBenchDatabase, report } from './kit.ts'

const seconds = flag('seconds', 5)
const connections = flag('connections', 16)

const db = await openBenchDatabase(connections)
const data_dir = join(db.folder, 'data')
mkdirSync(data_dir, { recursive: true })
const server = await startServer({
  DATABASE_URL: db.owner_url,
  OUTDIAL_ROLE: 'api',
  OUTDIAL_DATA_DIR: data_dir,
  OUTDIAL_RATE_LIMIT: '1000000',
})
const http = new Pool(server.url, { connections, pipelining: 1 })
const tenant = await makeTenant(db.pool, Date.now())
const token = makeToken()
await inWorkspace(db.pool, tenant, (tx) =>
  createApiKey(tx, tenant.workspace_id, {
    ...{ id: newId(Date.now()), user_id: tenant.user_id, name: 'bench', prefix: token.slice(0, 14) },
    ...{ token_hash: hashToken(token), scopes: ['admin'], at: Date.now() },
  }),
)
let made = 0

const page = { sort: 'created_at', descending: true, after: null, limit: 20 } as const
const posts = await rate(() =>
  ask('POST', '/api/v1/contacts', { phones: [nextNumber()], full_name: 'Ann Lee', city: 'Rome' }),
)
const barePosts = await rate(postBare)
const lists = await rate(() => ask('GET', '/api/v1/contacts?limit=20&search=ann'))
const bareLists = await rate(async () => {
  await authenticateBare()
  await inWorkspace(db.pool, tenant, (tx) => listContacts(tx, tenant.workspace_id, { search: 'ann' }, page))
})
const bars: Bar[] = [
  { name: 'POST /contacts', value: posts, unit: '/s' },
  { name: 'the same statements, bare', value: barePosts, unit: '/s' },
  { name: 'POST, share of bare', value: (posts / barePosts) * 100, unit: '%', floor: 40, goal: 70 },
  { name: 'GET /contacts, filtered', value: lists, unit: '/s' },
  { name: 'the same list, bare', value: bareLists, unit: '/s' },
  { name: 'GET, share of bare', value: (lists / bareLists) * 100, unit: '%', floor: 40, goal: 70 },
]
report('api', bars)
await http.close()
await server.stop()
await db.close()

/** How often a second `work` is done, by as many at once as there are connections. */
async function rate(work: () => Promise<void>): Promise<number> {
  await Promise.all(Array.from({ length: connections }, work))
  const started = performance.now()
  const until = started + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        await work()
        done += 1
      }
    }),
  )
  return (done / (performance.now() - started)) * 1000
}

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await http.request({ method, path, headers, body: body === undefined ? null : JSON.stringify(body) })
  await answer.body.dump()
  if (answer.statusCode >= 300) throw new Error(`${method} ${path} was answered ${answer.statusCode}`)
}

function nextNumber(): string {
  made += 1
  return numbersFrom(made, 1)[0] as string
}

async function authenticateBare(): Promise<void> {
  const found = await findApiKey(db.pool, hashToken(token))
  await inWorkspace(db.pool, tenant, (tx) =>
    readCaller(tx, tenant.workspace_id, tenant.user_id, found?.api_key_id ?? null),
  )
}

async function postBare(): Promise<void> {
  await authenticateBare()
  const at = Date.now()
  const id = newId(at)
  await inWorkspace(db.pool, tenant, async (tx) => {
    const { workspace_id, user_id } = tenant
    await readWorkspace(tx, workspace_id)
    const reading = readNumber(nextNumber(), { country: 'US', drop_prefixes: [] })
    if (!reading.ok) throw new Error('the bench made a number that is none')
    await setContactPhones(tx, workspace_id, id, [reading], () =>
      insertContact(tx, workspace_id, { id, owner_user_id: user_id }, at),
    )
    await changeContact(
      tx,
      workspace_id,
      id,
      { full_name: 'Ann Lee', first_name: 'Ann', last_name: 'Lee', city: 'Rome' },
      at,
    )
    await readContact(tx, workspace_id, id)
  })
}

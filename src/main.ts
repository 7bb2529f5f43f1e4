/**
 * The only composition root: reads the settings, opens the rooms in order, joins them, and closes them in reverse.
 * Nothing is decided here.
 */
import { hkdfSync, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { loadEnvironment, readConfig } from '#config'
import type { Engine } from '#dialer/engine.ts'
import { createLegKeeper } from '#floor/leg-keeper.ts'
import { applyLegReports } from '#floor/legs.ts'
import { sweepFloor } from '#floor/sweep.ts'
import { openMedia } from '#media/open-media.ts'
import { keepRetention } from '#records/retention.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { takeOptOuts } from '#server/features/suppressions/carrier-opt-outs.ts'
import { messageOf } from '#server/features/voicemail-drops/drop-audio.ts'
import { createLog } from '#server/http/log.ts'
import { countLiveAttempts } from '#store/attempts.ts'
import { chooseDataDir } from '#store/embedded/folders.ts'
import { appendReports } from '#store/event-inbox.ts'
import { findWorkspacesWithWork } from '#store/finders.ts'
import { openDatabase } from '#store/open-database.ts'
import { deriveNumberKey, openSecretBox } from '#store/secrets.ts'
import { inWorkspace } from '#store/tx.ts'
import { openWakeChannel } from '#store/wake-channel.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { splitEvents } from '#telephony/events.ts'
import type { LegSink } from '#telephony/port.ts'

/** The slow poll behind the wakes: leads that become due by time, leases that lapse, wakes that were lost. */
const pollMs = 1_000
const retentionMs = 3_600_000
/** Draining ends after this, whatever is still going on. */
const drainMs = 60_000
const drainLookMs = 100
const connections = 24

const checkout = join(import.meta.dirname, '..')
const choice = chooseDataDir(checkout)
const reading = readConfig(loadEnvironment(process.cwd(), process.env), { data_dir: choice.path })
if (!reading.ok) stopWith(`These settings can't be used:\n  ${reading.faults.join('\n  ')}`)
const config = reading.config

const log = createLog()
const clock = {
  now: () => Date.now(),
  at(time: number, fn: () => void) {
    const timer = setTimeout(fn, Math.max(0, time - Date.now())).unref()
    return () => clearTimeout(timer)
  },
}
const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
const dials = config.role !== 'api'

if (choice.note !== null && process.env.OUTDIAL_DATA_DIR === undefined) console.log(choice.note)
// The rooms are loaded while PostgreSQL starts.
const [
  opened,
  { createDialer },
  { createImportRunner },
  { createListRunner },
  { createCarriers },
  { makeFirstOwner, makeSignInLink },
  { createRecordingRunner },
  { createBalanceKeeper },
  { buildServer },
  { createRegistry, rehearsal_provider },
] = await Promise.all([
  openDatabase({
    database: config.database,
    data_dir: config.data_dir,
    port: config.port,
    connections,
    readNumberKey: () => deriveNumberKey(readMasterKey(config.data_dir)),
    log: (line) => log.info(line),
    onError: (error) => log.error({ err: error }, 'a database connection broke'),
    onLost: (reason) => stopWith(`PostgreSQL is gone and does not come back: ${reason}`),
  }),
  import('#dialer/dialer.ts'),
  import('#intake/import-runner.ts'),
  import('#server/features/suppressions/list-runner.ts'),
  import('#server/carriers.ts'),
  import('#server/features/installation/first-owner.ts'),
  import('#server/features/recordings/recording-runner.ts'),
  import('#server/features/trunks/balance-keeper.ts'),
  import('#server/http/app.ts'),
  import('#telephony/registry.ts'),
])
if (!opened.ok) stopWith(opened.refusal)
const { database } = opened
const { pool, copy_pool } = database
const masterKey = readMasterKey(config.data_dir)
const webhookSecret = Buffer.from(hkdfSync('sha256', masterKey, 'outdial', 'simulated-webhooks', 32)).toString('hex')

// The built-in carrier lives in one process: no other could say what became of its calls.
const builtIn = config.role === 'all' && config.sim.url === null
if (builtIn && !(await database.takeLock('built-in-carrier'))) {
  stopWith(
    'Another server already runs its built-in simulated carrier on this database.\n' +
      'Start one carrier for all servers with `npm run carrier` and set OUTDIAL_SIM_URL to the address it prints.',
  )
}
const onLeg: LegSink = (trunk, events) => applyLegReports(engine, trunk, events)
const registry = createRegistry({
  sim: {
    speed: config.sim.speed,
    seed: String(config.sim.seed ?? 1),
    script_path: config.sim.script_file,
    url: config.sim.url,
    ledger_path: config.sim.ledger_file,
    journal_path: join(config.data_dir, 'simulated-calls.jsonl'),
    secret: webhookSecret,
  },
  api_urls: config.carrier_urls,
  async sink(trunk, events) {
    const { calls, legs, opt_outs } = splitEvents(events)
    const reports = calls.map((event) => ({ ...event, trunk_id: trunk.id }))
    await inWorkspace(pool, trunk, (tx) => appendReports(tx, trunk.workspace_id, reports, clock.now()))
    if (legs.length > 0) await onLeg(trunk, legs)
    await takeOptOuts(engine, trunk, opt_outs)
    engine.wake(trunk.workspace_id, 'events')
  },
  callback_url: ({ provider, id }) => `${server.publicUrl()}/webhooks/${provider}/${id}`,
  clock: createSystemClock(),
  trouble: (message, cause) => log.error({ err: cause }, message),
})
const secrets = openSecretBox(masterKey)
const absent = { [rehearsal_provider]: 'start a simulated carrier with `npm run carrier` and set OUTDIAL_SIM_URL' }
const carriers = createCarriers(
  { pool, secrets, registry, pbx_addresses: config.pbx_addresses },
  builtIn || config.sim.url !== null ? {} : absent,
)

const engine: Engine = {
  pool,
  clock,
  worker,
  carrierOf: carriers.of,
  messageOf: (workspaceId, drop) => messageOf({ clock, secrets, publicUrl: server.publicUrl }, workspaceId, drop),
  system_cap: config.system_concurrent_calls,
  log,
  wake(workspaceId, what) {
    // One process is enough to do what there is to do; who only watches hears of it once it is numbered.
    if (dials && what !== 'numbered') dialer.wake(workspaceId, what)
    else channel.send(workspaceId, what)
    if (dials && what === 'floor') legs.wake(workspaceId)
    if (what === 'numbered') server.live.wake(workspaceId)
  },
}
const dialer = createDialer(engine)
const legs = createLegKeeper(engine, (workspace_id, error) =>
  log.error({ err: error, workspace_id }, 'legs were not looked after; the next poll tries again'),
)
const balances = createBalanceKeeper({ pool, engine, log })
const imports = createImportRunner({
  pool: copy_pool,
  clock,
  worker,
  data_dir: config.data_dir,
  log,
  onChunk: (workspaceId) => engine.wake(workspaceId, 'dial'),
})
const suppression_lists = createListRunner({
  pool,
  clock,
  worker,
  data_dir: config.data_dir,
  log,
  onChange(workspaceId) {
    for (const what of ['floor', 'dial', 'live'] as const) engine.wake(workspaceId, what)
  },
})
const media = await openMedia(config.audio_dir, config.s3)
const recordings = createRecordingRunner({ pool, clock, log, engine, ...media })
const server = await buildServer({
  pool,
  copy_pool,
  clock,
  config,
  log,
  engine,
  carriers,
  imports,
  suppression_lists,
  secrets,
  registry,
  onLeg,
  recordings,
  ...media,
})
const channel = await openWakeChannel(database.settings, pool, {
  worker,
  onWake(workspaceId, what) {
    if (what === 'numbered') server.live.wake(workspaceId)
    else if (dials) dialer.wake(workspaceId, what as 'dial' | 'events' | 'floor' | 'live')
    if (dials && what === 'floor') legs.wake(workspaceId)
  },
  onError: (error) => log.error({ err: error }, 'the wake channel broke; polling goes on'),
})

const owner = config.role === 'dialer' ? null : await makeFirstOwner(pool, clock, firstOwnerOptions())
const url = await server.listen()
if (builtIn) registry.resume()
const runners = [imports, suppression_lists, recordings]
const stopping = new AbortController()
let polling: Promise<void> | null = null
const poll = dials ? setInterval(pollOnce, pollMs) : null
const retention = dials ? setInterval(() => keepRetention(pool, clock).catch(sayRetentionFailed), retentionMs) : null
if (config.role !== 'dialer') for (const runner of runners) runner.start()
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  // npm hands on the signal that its whole group got already: the second one must not cut the first one short.
  process.on(signal, () => {
    if (!stopping.signal.aborted) void shutDown()
  })
}
await announceReady()

function firstOwnerOptions() {
  const { data_dir, default_country, default_timezone, api_key } = config
  return { data_dir, country: default_country, time_zone: default_timezone, api_key }
}

async function announceReady(): Promise<void> {
  console.log(`outdial ready ${url}`)
  if (owner === null) return
  console.log(`sign in once, within 24 hours: ${url}/sign-in/${await makeSignInLink(pool, clock, owner)}`)
  if (owner.key_file !== null) console.log(`the owner's API key is in ${owner.key_file}`)
  if (!config.demo || !builtIn) return
  const { startDemo } = await import('#server/features/installation/demo.ts')
  await startDemo({
    ...{ house: server.house, owner_user_id: owner.user_id },
    signal: stopping.signal,
  })
}

/** One poll at a time, however long it takes. */
function pollOnce(): void {
  polling ??= findWorkspacesWithWork(pool)
    .then((workspaceIds) => Promise.all([dialer.poll(workspaceIds), sweepFloors(workspaceIds)]))
    .then(() => {})
    .catch((error: Error) => log.error({ err: error }, 'the poll failed; the next one tries again'))
    .finally(() => {
      polling = null
    })
}

async function sweepFloors(workspaceIds: string[]): Promise<void> {
  for (const workspaceId of workspaceIds) {
    legs.wake(workspaceId)
    server.hints.wake(workspaceId)
    balances.wake(workspaceId)
    await sweepFloor(engine, workspaceId).catch((error: Error) =>
      log.error({ err: error, workspace_id: workspaceId }, 'the floor was not swept; the next poll tries again'),
    )
  }
}

function sayRetentionFailed(error: Error): void {
  log.error({ err: error }, 'retention failed; the next hour tries again')
}

/** No new dial; reports are still taken until no call of this installation is up, or time is over. */
async function shutDown(): Promise<void> {
  stopping.abort()
  server.beginDrain()
  await Promise.all(runners.map((runner) => runner.stop()))
  await dialer.drain()
  const deadline = performance.now() + drainMs
  while (dials && performance.now() < deadline && (await countLiveAttempts(pool, worker)) > 0) await wait(drainLookMs)
  for (const timer of [poll, retention]) if (timer !== null) clearInterval(timer)
  await legs.stop()
  await balances.settled()
  await server.close()
  await registry.closeAll()
  await polling
  await dialer.stop()
  await channel.close()
  await database.close()
  process.exit(0)
}

function stopWith(message: string): never {
  console.error(message)
  process.exit(1)
}

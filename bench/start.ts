/**
 * From process start to the first 200: on an empty folder, and warm; and to the first simulated call. Against initdb and a
 * start of PostgreSQL alone in the same run.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, startServer } from '#kit/server-process.ts'
import { openEmbedded } from '#store/embedded.ts'
import { flag, percentile, report } from './kit.ts'

const runs = flag('runs', 3)
const samples = { cold: [] as number[], warm: [] as number[], call: [] as number[], postgres: [] as number[] }

for (let i = 0; i < runs; i += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-start-'))
  chmodSync(folder, 0o711)
  samples.postgres.push(await timePostgres(join(folder, 'alone')))
  const ledger = join(folder, 'ledger')
  const data = join(folder, 'data')
  const cold = await timeFirst200({ OUTDIAL_DATA_DIR: data, OUTDIAL_SIM_LEDGER: ledger })
  samples.cold.push(cold.first_200_ms)
  samples.call.push(await timeFirstCall(ledger, cold.started_at))
  await cold.stop()
  const warm = await timeFirst200({ OUTDIAL_DATA_DIR: data })
  samples.warm.push(warm.first_200_ms)
  await warm.stop()
  rmSync(folder, { recursive: true, force: true })
}
const median = (name: keyof typeof samples) => percentile(samples[name], 0.5)
report('start', [
  { name: 'empty folder → first 200', value: median('cold'), unit: 'ms', floor: 2000, goal: 1000, better: 'lower' },
  { name: 'warm → first 200', value: median('warm'), unit: 'ms', floor: 500, goal: 250, better: 'lower' },
  {
    name: 'empty folder → first simulated call',
    value: median('call'),
    unit: 'ms',
    floor: 4000,
    goal: 2000,
    better: 'lower',
  },
  { name: 'initdb and start of PostgreSQL alone', value: median('postgres'), unit: 'ms' },
])

async function timePostgres(folder: string): Promise<number> {
  const started = performance.now()
  const reply = await openEmbedded(folder)
  if (!reply.ok) throw new Error(reply.refusal)
  const took = performance.now() - started
  await reply.embedded.stop()
  return took
}

async function timeFirst200(env: Record<string, string>) {
  const port = String(await freePort())
  const started_at = Date.now()
  const started = performance.now()
  const starting = startServer({ ...env, OUTDIAL_PORT: port })
  for (;;) {
    const ok = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) break
    await wait(5)
  }
  const first_200_ms = performance.now() - started
  const server = await starting
  return { first_200_ms, started_at, stop: server.stop }
}

async function timeFirstCall(ledger: string, startedAt: number): Promise<number> {
  for (;;) {
    const first = existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n', 1)[0] : ''
    if (first) return Date.parse((JSON.parse(first) as { at: string }).at) - startedAt
    await wait(5)
  }
}

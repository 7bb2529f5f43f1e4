import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openPool, type Pool } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import { deriveNumberKey } from '#store/secrets.ts'

export interface BenchDatabase {
  /** The product's role. */
  pool: Pool
  /** The same, for what stages by COPY. */
  copies: Pool
  owner: pg.Pool
  owner_url: string
  folder: string
  close(): Promise<void>
}

/** A database as a server has it: embedded, migrated, every commit on disk. */
export async function openBenchDatabase(connections = 24): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-bench-'))
  chmodSync(folder, 0o711)
  const reply = await openEmbedded(folder)
  if (!reply.ok) throw new Error(reply.refusal)
  const { embedded } = reply
  await migrate(embedded.ownerConnection)
  const number_key = deriveNumberKey(Buffer.alloc(32, 7))
  let closing = false
  const onError = (error: Error) => {
    if (!closing) console.error(error.message)
  }
  const pool = openPool(embedded.appConnection, { max: connections, onError, number_key })
  const copies = openPool(embedded.appConnection, { max: connections, onError, copies: true, number_key })
  const owner = new pg.Pool({ ...embedded.ownerConnection, max: connections })
  owner.on('error', onError)
  return {
    pool,
    copies,
    owner,
    owner_url: embedded.ownerUrl,
    folder,
    async close() {
      closing = true
      await Promise.all([pool.end(), copies.end(), owner.end()])
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `--name value` from the command line, as a number. */
export function flag(name: string, otherwise: number): number {
  const place = process.argv.indexOf(`--${name}`)
  if (place === -1) return otherwise
  const value = Number(process.argv[place + 1])
  if (!Number.isFinite(value)) throw new Error(`--${name} needs a number`)
  return value
}

/** One of a few words. */
export function choice<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
  const place = process.argv.indexOf(`--${name}`)
  if (place === -1) return words[0]
  const said = words.find((each) => each === process.argv[place + 1])
  if (said === undefined) throw new Error(`--${name} is one of ${words.join(', ')}`)
  return said
}

export interface Bar {
  name: string
  value: number
  unit: string
  /** The bar, and on which side of it the value has to be. */
  floor?: number
  goal?: number
  better?: 'higher' | 'lower'
}

/** The table for people, then the one line for machines. A floor that is not met is said, not hidden. */
export function report(bench: string, bars: Bar[], more: Record<string, unknown> = {}): void {
  console.table(
    Object.fromEntries(
      bars.map(({ name, value, unit, floor, goal, better = 'higher' }) => {
        const meets = (bar: number) => (better === 'higher' ? value >= bar : value <= bar)
        const verdict =
          floor === undefined
            ? ''
            : !meets(floor)
              ? 'FLOOR NOT MET'
              : goal !== undefined && meets(goal)
                ? 'goal'
                : 'floor'
        return [name, { value: round(value), unit, floor: floor ?? '', goal: goal ?? '', met: verdict }]
      }),
    ),
  )
  const figures = Object.fromEntries(bars.map(({ name, value }) => [name, round(value)]))
  console.log(JSON.stringify({ bench, figures, ...more }))
}

/** The value below which this share of the sorted samples lies. */
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

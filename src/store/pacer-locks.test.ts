import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { newId } from './ids.ts'
import { openPacerLocks } from './pacer-locks.ts'

describe('the pacers of a workspace', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  const [one, two] = [newId(Date.now()), newId(Date.now())]
  async function until(what: string, seen: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
      await wait(20)
    }
  }

  it('are in one process at a time, each workspace by itself', async () => {
    const [first, second] = [openPacerLocks(db.app), openPacerLocks(db.app)]
    assert.deepEqual([await first.take(one), await second.take(one)], [true, false])
    assert.deepEqual([await second.take(two), await first.take(two)], [true, false])
    assert.deepEqual([first.holds(one), first.holds(two), second.holds(two)], [true, false, true])
    await first.letGo(one)
    assert.deepEqual([first.holds(one), await second.take(one)], [false, true])
    await first.letGo(two)
    second.close()
    assert.deepEqual([second.holds(one), second.holds(two)], [false, false])
    await until('they are free', () => first.take(one), 2_000)
    first.close()
  })

  it('are free as soon as their process is killed, and it knows when its connection is gone', async () => {
    const program = join(import.meta.dirname, '../../test/kit/pacing-process.ts')
    const child = spawn(process.execPath, [program, db.url_owner, one], { stdio: ['ignore', 'pipe', 'inherit'] })
    assert.equal(String((await once(child.stdout, 'data'))[0]), 'true\n')
    const locks = openPacerLocks(db.app)
    assert.equal(await locks.take(one), false)
    child.kill('SIGKILL')
    await until('somebody else has them', () => locks.take(one), 2_000)
    const { rows } = await db.owner.query(
      `select l.pid, pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
       where l.locktype = 'advisory' and l.granted and d.datname = current_database()`,
    )
    assert.equal(rows.length, 1)
    await until('it knows', () => !locks.holds(one), 2_000)
    assert.equal(await locks.take(one), true)
    locks.close()
  })
})

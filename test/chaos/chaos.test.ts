import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { runChaos } from './run-chaos.ts'
import { smallRun } from './settings.ts'

test('a list is called while dialers, database and carrier are killed, and every promise holds', async (t) => {
  const { bars, faults, figures, folder } = await runChaos(smallRun)
  t.diagnostic(JSON.stringify({ ...faults, ...figures }))
  assert.deepEqual(
    bars.filter((bar) => bar.broken > 0),
    [],
    `everything of this run is kept in ${folder}`,
  )
  assert.ok((figures.dials ?? 0) >= smallRun.attempts)
  assert.equal(faults.dialer_kill, smallRun.dialer_kills)
  rmSync(folder, { recursive: true })
})

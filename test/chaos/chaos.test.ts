import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { type CrashPoint, crashPoints } from './crash-points.ts'
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
  assert.equal(faults.clock_jump, smallRun.clock_jumps)
  assert.ok((figures.written_by_wrong_clocks ?? 0) > 0)
  for (const point of Object.keys(crashPoints) as CrashPoint[]) {
    assert.equal(faults[`death_${point}`], smallRun.deaths_at_each_point, point)
  }
  rmSync(folder, { recursive: true })
})

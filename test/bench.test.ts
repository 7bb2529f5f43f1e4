import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'

/** Small sizes: here a bench has to be right, not fast. */
const benches: { name: string; flags: string[] }[] = [
  { name: 'verdict', flags: ['--verdicts', '20000'] },
  { name: 'claim', flags: ['--leads', '2000', '--seconds', '1'] },
  { name: 'import', flags: ['--rows', '20000'] },
  { name: 'events', flags: ['--calls', '200'] },
  { name: 'api', flags: ['--seconds', '1'] },
  { name: 'slot', flags: ['--calls', '60', '--slots', '10', '--one'] },
  { name: 'start', flags: ['--runs', '1'] },
  { name: 'memory', flags: ['--settle-ms', '500'] },
]

async function runBench(name: string, flags: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../bench/run.ts'), name, ...flags])
  let said = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0, complained)
  return said
}

describe('every bench', { concurrency: false }, () => {
  for (const { name, flags } of benches) {
    it(`${name} sets itself up and ends with its figures`, { timeout: 120_000 }, async () => {
      const last = (await runBench(name, flags)).trimEnd().split('\n').at(-1) ?? ''
      const { bench, figures } = JSON.parse(last) as { bench: string; figures: Record<string, number> }
      assert.equal(bench, name)
      assert.ok(Object.keys(figures).length > 0)
      for (const [figure, value] of Object.entries(figures)) assert.ok(Number.isFinite(value), `${figure}: ${value}`)
    })
  }
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { loadPacer } from './load-pacer.ts'
import { playCells } from './play-cells.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial-pacers-'))
after(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const cellOf = (pacer: string) => {
  return { pacer, scenario: 'high', own: { hours: 0.5 }, agents: 3, cap: 0.03, first_seed: 1, seeds: 2 }
}

describe('a pacer from a file', () => {
  it('is any module that exports createPacer', async () => {
    const one = 'export const createPacer = () => ({ decide: ({ agents, calls }) => agents.length - calls.length })'
    for (const file of [write('one.ts', `${one} as unknown`), write('one.mjs', one)]) {
      assert.equal((await loadPacer(file)).ok, true)
      const played = await playCells([cellOf(file), cellOf('progressive')])
      assert.ok(played.ok)
      assert.deepEqual(
        played.cells.map(({ pacer, shifts }) => [pacer, shifts]),
        [
          [file, 2],
          ['progressive', 2],
        ],
      )
      assert.ok(played.cells.every(({ utilisation }) => utilisation > 0.2))
    }
  })

  it('is refused with the reason when it is none', async () => {
    const refusals: [string, RegExp][] = [
      ['nobody', /^There is no pacer "nobody": say a module's file, or one of predictive, /],
      [join(folder, 'missing.ts'), /^There is no file .*missing\.ts\.$/],
      [write('broken.ts', 'export const createPacer = ('), /broken\.ts can't be loaded: /],
      [write('falls.ts', 'throw new Error("no tables")'), /falls\.ts can't be loaded: no tables$/],
      [write('other.ts', 'export const pacer = 1'), /other\.ts exports no function createPacer\.$/],
      [write('empty.ts', 'export const createPacer = () => ({})'), /gives nothing that has a function decide\.$/],
      [write('fails.ts', 'export const createPacer = () => { throw new Error("oh") }'), /createPacer fails: oh$/],
    ]
    for (const [said, reason] of refusals) {
      const reply = await loadPacer(said)
      assert.match(reply.ok ? 'loaded' : reply.refusal, reason)
    }
  })

  it('ends the comparison, and says so, when it fails at work', async () => {
    const failing =
      'export const createPacer = () => ({ decide({ now }) { if (now > 60) throw new Error("lost"); return 1 } })'
    const leaving = 'export const createPacer = () => ({ decide: () => process.exit(0) })'
    for (const [file, reason] of [
      [write('failing.mjs', failing), /failing\.mjs fails: lost$/],
      [write('leaving.mjs', leaving), /leaving\.mjs ended its thread$/],
    ] as const) {
      const played = await playCells([cellOf('progressive'), cellOf(file), cellOf('power3')])
      assert.match(played.ok ? 'played' : played.refusal, reason)
    }
  })
})

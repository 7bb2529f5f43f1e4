import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const outdial = fileURLToPath(new URL('../../../cli/outdial.ts', import.meta.url))

async function simulate(...words: string[]) {
  const child = spawn(process.execPath, [outdial, 'simulate', ...words])
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  const [out, complaint] = await said
  return { code, out, complaint }
}

const small = ['--agents', '4', '--hours', '1', '--seeds', '2']

describe('outdial simulate', () => {
  it('shows pacers side by side for people', async () => {
    const { code, out, complaint } = await simulate(...small, '--scenario', 'high', '--cap', '5')
    assert.equal(code, 0, complaint)
    const [head, titles, ...rows] = out.trimEnd().split('\n')
    assert.equal(rows.pop(), '(adaptive: the best of its 11 settings, in hindsight)')
    assert.equal(head, '4 agents, 2 shifts of 1 h, scenario "high with own figures", cap 5.0 %')
    assert.match(titles ?? '', /^pacer +agents busy +abandoned +shifts over the cap +worst shift$/)
    const names = rows.map((row) => row.split(' ')[0]?.replace(/^adaptive.*/, 'adaptive'))
    assert.deepEqual(names, ['progressive', 'power3', 'adaptive', 'predictive', 'clairvoyant'])
    for (const row of rows) assert.match(row, /\d\.\d % ± \d+\.\d +\d+\.\d\d % +[012] of 2 +\d+\.\d\d %$/)
  })

  it('tells machines the same, with figures of one’s own', async () => {
    const own = ['--answer-rate', '0.3', '--talk-seconds', '60', '--wrap-seconds', '5', '--first-seed', '9']
    const words = [...small, ...own, '--against', 'progressive,clairvoyant', '--json']
    const [once, again] = await Promise.all([simulate(...words), simulate(...words)])
    assert.equal(once.out, again.out)
    const { pacers, ...shifts } = JSON.parse(once.out)
    assert.deepEqual(shifts, {
      ...{ scenario: 'standard with own figures', agents: 4, cap: 0.03, seeds: 2, first_seed: 9 },
      own: { answer_rate: 0.3, talk_seconds: 60, wrap_seconds: 5, hours: 1 },
    })
    const [progressive, bound] = pacers
    assert.deepEqual([progressive.pacer, bound.pacer, bound.abandon_rate], ['progressive', 'clairvoyant', 0])
    assert.ok(progressive.utilisation > 0.3 && progressive.utilisation < bound.utilisation)
  })

  it('says what is wrong with what was asked', async () => {
    const refusals: [string[], RegExp][] = [
      [['--scenario', 'nowhere'], /^There is no one scenario "nowhere": say one of low, high, /],
      [['--scenario', 'all'], /^There is no one scenario "all"/],
      [
        ['--agents', '0', '--cap', 'x'],
        /^--agents takes a whole number from 1 to 1000, not "0"\.\n--cap takes .* not "x"\.\n$/,
      ],
      [['--answer-rate', '0.9'], /^--answer-rate takes a number from 0\.001 to 0\.85, not "0\.9"\.\n$/],
      [['--pacer', './no-such.ts'], /^There is no file .*no-such\.ts\.\n$/],
      [['--pacer', 'bench/pacing-anchors.ts'], /exports no function createPacer\.\n$/],
      [['--against', ''], /^There is no pacer to simulate/],
    ]
    for (const [words, reason] of refusals) {
      const { code, out, complaint } = await simulate(...words)
      assert.equal(code, 1)
      assert.equal(out, '')
      assert.match(complaint, reason)
    }
  })
})

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { makeFolder } from './rehearsal.ts'
import { castAttempt, loadScript, ordinary_script, parseScript } from './script.ts'

describe('a script', () => {
  it('gives each attempt on a number its behaviour, and the last one to all later ones', () => {
    const reading = parseScript('{"+12125550100":[{"do":"busy"},{"do":"answers","talk_s":30}]}')
    assert.ok(reading.ok)
    const deeds = [0, 1, 2, 9].map((nth) => castAttempt(reading.script, '1', '+12125550100', nth)[0].do)
    assert.deepEqual(deeds, ['busy', 'answers', 'answers', 'answers'])
  })

  it('gives every other number one of the default by its weight', () => {
    const reading = parseScript('{"default":[{"do":"busy","weight":3},{"do":"rejects","weight":1}]}')
    assert.ok(reading.ok)
    const numbers = Array.from({ length: 4000 }, (_, index) => `+1212${5550000 + index}`)
    const busy = numbers.filter((number) => castAttempt(reading.script, 'seed', number, 0)[0].do === 'busy').length
    // Five standard deviations of 4,000 draws at 3/4 are 137.
    assert.ok(Math.abs(busy - 3000) < 137, `${busy} of 4000 were busy`)
  })

  it('has lists for agents, of what an agent can do', () => {
    const reading = parseScript('{"agents":{"anna":[{"do":"rings-out"}],"201":[{"do":"answers","talk_s":9}]}}')
    assert.ok(reading.ok)
    assert.deepEqual(reading.script.agents.get('anna'), [{ do: 'rings-out' }])
    const faulty = parseScript('{"agents":{"anna":[{"do":"machine"}],"boris":[]}}')
    assert.deepEqual(!faulty.ok && faulty.faults.map((fault) => fault.split(':')[0]), [
      'agents.anna.0.do',
      'agents.boris',
    ])
  })

  it('without a default is the ordinary list', () => {
    const reading = parseScript('{}')
    assert.ok(reading.ok)
    assert.deepEqual(reading.script.otherwise, ordinary_script.otherwise)
    const shares = ordinary_script.otherwise.reduce((sum, entry) => sum + entry.weight, 0)
    assert.equal(shares, 100)
  })

  it('with faults is refused, all of them named with their places', () => {
    const reading = parseScript(
      JSON.stringify({
        '+12125550100': [{ do: 'sings' }, { do: 'answers', talk_s: -1, mood: 'good' }],
        '0212': [{ do: 'busy' }],
        '+12125550101': [],
        default: [{ do: 'busy' }],
      }),
    )
    assert.ok(!reading.ok)
    const places = reading.faults.map((fault) => fault.split(':')[0])
    assert.deepEqual(places, [
      '+12125550100.0.do',
      '+12125550100.1.talk_s',
      '+12125550100.1',
      '0212',
      '+12125550101',
      'default.0.weight',
    ])
  })

  it('that is no JSON, or no object, is refused', () => {
    assert.ok(!parseScript('{').ok)
    assert.ok(!parseScript('[]').ok)
  })

  it('of one faulty file stops the start and names the file', (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    writeFileSync(`${folder}/script.json`, '{"default":[]}')
    assert.throws(() => loadScript(`${folder}/script.json`), /script\.json has faults:\n {2}default: /)
    assert.equal(loadScript(null), ordinary_script)
  })
})

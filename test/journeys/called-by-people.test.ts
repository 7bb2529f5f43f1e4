import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

describe('a list called by people', () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ script: { default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }] } })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('needs two commands more than one called by a machine: whoever talks, and that they do', async () => {
    const outdial = async (...words: string[]) => {
      const program = [join(import.meta.dirname, '../../cli/outdial.ts'), ...words, '--url', app.url, '--key', app.key]
      return JSON.parse((await promisify(execFile)(process.execPath, [...program, '--json'])).stdout)
    }
    const file = join(app.data_dir, 'people.csv')
    writeFileSync(file, 'name,phone\nAda Lovelace,2125550111\nAlan Turing,2125550112\n')
    const agent = await outdial('agent', 'create', '--name', 'Ben', '--extension', '701')
    const campaign = await outdial(
      'campaign',
      'create',
      '--name',
      'People',
      '--mode',
      'progressive',
      '--agents',
      agent.id,
    )
    await outdial('import', file, '--campaign', String(campaign.number))
    await outdial('campaign', 'start', String(campaign.number))
    await floor.run(20_000, 1000)
    const [row] = await outdial('agent', 'board')
    assert.deepEqual([row.agent_name, row.state, row.leg.state], ['Ben', 'on_call', 'up'])
    await floor.run(3 * 60_000)
    const progress = await outdial('campaign', 'progress', String(campaign.number))
    assert.deepEqual([progress.leads.by_status, progress.status], [{ completed: 2 }, 'completed'])
    const calls = (await app.ask('GET', `/api/v1/calls?agent_id=${agent.id}`)).body.data
    assert.deepEqual(
      calls.map((call: { outcome: string; talk_ms: number }) => [call.outcome, call.talk_ms >= 25_000]),
      [
        ['answered', true],
        ['answered', true],
      ],
    )
  })
})

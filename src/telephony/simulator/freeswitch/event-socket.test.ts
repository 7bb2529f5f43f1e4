/** The fake event socket, byte for byte as FreeSWITCH's documentation has it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { createSystemClock } from '../../clock.ts'
import { numberFor, rehearsal_script } from '../rehearsal.ts'
import { startFakePbx } from './event-socket.ts'

async function open(context: TestContext) {
  const pbx = await startFakePbx({
    ...{ clock: createSystemClock(), script: rehearsal_script, seed: '1', speed: 600, password: 'ClueCon' },
    gateways: { out: 'up', broken: 'down' },
  })
  const socket = createConnection(pbx.port, '127.0.0.1').setEncoding('utf8')
  context.after(async () => {
    socket.destroy()
    await pbx.close()
  })
  let said = ''
  const waiting = new Set<() => void>()
  socket.on('data', (text) => {
    said += text
    for (const look of waiting) look()
  })
  /** All that was said up to and with `ending`. */
  const hear = (ending: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const end = said.indexOf(ending)
        if (end < 0) return
        waiting.delete(look)
        const heard = said.slice(0, end + ending.length)
        said = said.slice(end + ending.length)
        resolve(heard)
      }
      waiting.add(look)
      look()
    })
  const ask = async (command: string, ending: string) => {
    socket.write(`${command}\n\n`)
    return hear(ending)
  }
  assert.equal(await hear('\n\n'), 'Content-Type: auth/request\n\n')
  return { pbx, socket, hear, ask }
}

const order = (uuid: string, does: Parameters<typeof numberFor>[0], gateway = 'out') =>
  `originate {origination_uuid=${uuid},originate_timeout=25}sofia/gateway/${gateway}/${numberFor(does)} &park()`

describe('the fake event socket', { timeout: 30_000 }, () => {
  it('lets nobody in without the password, and hangs up on who has a wrong one', async (context) => {
    const { ask, socket } = await open(context)
    const refused = 'Content-Type: command/reply\nReply-Text: -ERR invalid\n\n'
    assert.equal(await ask('auth wrong', refused), refused)
    await once(socket, 'close')
  })

  it('answers commands in their turn, with as many bytes as it says', async (context) => {
    const { ask } = await open(context)
    assert.match(await ask('auth ClueCon', '\n\n'), /\nReply-Text: \+OK accepted\n\n$/)
    assert.equal(await ask('api echo déjà vu', 'vu'), 'Content-Length: 9\nContent-Type: api/response\n\ndéjà vu')
    assert.match(await ask('api nonsense', 'found!\n'), /\n\n-ERR nonsense Command not found!\n$/)
    assert.match(await ask('api hash insert_ifempty/r/k/a/b', '+OK\n'), /\+OK/)
    assert.match(await ask('api hash insert_ifempty/r/k/c', 'exists\n'), /-ERR key already exists/)
    assert.match(await ask('api hash select/r/k', 'a/b'), /\n\na\/b$/)
    assert.match(await ask('nonsense', '\n\n'), /Reply-Text: -ERR command not found/)
  })

  it('tells of a call in plain headers, url-encoded, and of a job with a body within the body', async (context) => {
    const { ask, hear, pbx } = await open(context)
    await ask('auth ClueCon', '\n\n')
    await ask('event plain CHANNEL_CREATE CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB', '\n\n')
    const taken = await ask(`bgapi ${order('one', 'busy')}\nJob-UUID: job-1`, '\n\n')
    assert.match(taken, /Reply-Text: \+OK Job-UUID: job-1\nJob-UUID: job-1\n\n$/)
    const created = await hear('variable_uuid: one\n\n')
    const [head = '', body = ''] = created.split(/\n\n(.*)/s)
    assert.equal(Number(/Content-Length: (\d+)/.exec(head)?.[1]), Buffer.byteLength(body))
    assert.match(head, /Content-Type: text\/event-plain/)
    assert.match(body, /^Event-Name: CHANNEL_CREATE\n/)
    assert.match(body, /\nChannel-Name: sofia%2Fgateway%2Fout%2F%2B1212/)
    assert.match(
      await hear('variable_end_uepoch'),
      /Event-Name: CHANNEL_HANGUP_COMPLETE\n.*\nHangup-Cause: USER_BUSY\n/s,
    )
    const job = await hear('-ERR USER_BUSY\n')
    assert.match(job, /Event-Name: BACKGROUND_JOB\nJob-UUID: job-1\nJob-Command: originate\nContent-Length: 15\n\n-ERR/)
    assert.equal(pbx.rung().length, 1)
  })

  it('lets only events through that a filter names, and tells them in JSON where it is asked to', async (context) => {
    const { ask, hear } = await open(context)
    await ask('auth ClueCon', '\n\n')
    await ask('event json CHANNEL_CREATE CHANNEL_HANGUP_COMPLETE', '\n\n')
    await ask('filter variable_mine yes', '\n\n')
    await ask(`bgapi ${order('one', 'busy')}`, 'Job-UUID')
    await ask(`bgapi ${order('two', 'busy').replace('{', '{mine=yes,')}`, 'Job-UUID')
    const told = await hear('"CHANNEL_HANGUP_COMPLETE"')
    assert.match(told, /Content-Type: text\/event-json\n\n\{"Event-Name":"CHANNEL_CREATE"/)
    assert.ok(told.includes('"Unique-ID":"two"') && !told.includes('"Unique-ID":"one"'))
  })

  it('has one channel of a name at a time, and says what became of it', async (context) => {
    const { ask, pbx } = await open(context)
    await ask('auth ClueCon', '\n\n')
    await ask(`bgapi ${order('one', 'stays')}`, '\n\n')
    assert.equal(await pbx.run('uuid_exists one'), 'true')
    assert.equal(await pbx.run(order('one', 'stays')), '-ERR DESTINATION_OUT_OF_ORDER\n')
    const shown = JSON.parse(await pbx.run('show channels as json'))
    assert.deepEqual([shown.row_count, shown.rows[0].uuid], [1, 'one'])
    assert.equal(await pbx.run('uuid_kill one NORMAL_CLEARING'), '+OK\n')
    assert.equal(await pbx.run('uuid_dump one'), '-ERR No such channel!\n')
    assert.equal(await pbx.run('show channels as json'), '{"row_count":0}')
    assert.equal(await pbx.run(order('two', 'busy', 'broken')), '-ERR GATEWAY_DOWN\n')
    assert.equal(await pbx.run(order('two', 'busy', 'none')), '-ERR INVALID_GATEWAY\n')
    assert.equal(pbx.rung().length, 1)
  })
})

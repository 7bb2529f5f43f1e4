/** The emulator as Twilio's own client sees it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'node:querystring'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import twilio from 'twilio'
import { createSystemClock } from '../../clock.ts'
import { no_chaos } from '../chaos.ts'
import { createReception, numberFor, rehearsal_script } from '../rehearsal.ts'
import { emulated_account, startTwilioEmulator } from './process.ts'

const { sid, token } = emulated_account
const from = '+12125550199'

type Callback = Record<string, string>

async function open(context: TestContext, calls_per_second = 1000) {
  const emulator = await startTwilioEmulator({
    ...{ ...emulated_account, port: 0, clock: createSystemClock(), script: rehearsal_script, seed: '1' },
    ...{ speed: 600, calls_per_second, chaos: no_chaos, ledger_path: null, trouble: () => {} },
  })
  context.after(() => emulator.close())
  const callbacks: Callback[] = []
  const reception = createReception()
  const receiver = createServer(async (request, response) => {
    const form = { ...parse(await text(request)) } as Callback
    const signature = String(request.headers['x-twilio-signature'])
    assert.ok(twilio.validateRequest(token, signature, `http://${request.headers.host}${request.url}`, form))
    callbacks.push({ path: request.url ?? '', ...form })
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response><Say>Hello</Say></Response>')
    reception.take([])
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  context.after(() => {
    receiver.closeAllConnections()
    receiver.close()
  })
  const hooks = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  // The client has no setting for the address of the API.
  const requests = new twilio.RequestClient()
  const request: typeof requests.request = (options) =>
    requests.request({ ...options, uri: options.uri.replace('https://api.twilio.com', emulator.url) })
  const clientOf = (auth_token: string) => twilio(sid, auth_token, { httpClient: { request } as typeof requests })
  const until = (enough: () => boolean) => reception.when(enough)
  return { emulator, hooks, callbacks, until, client: clientOf(token), stranger: clientOf('wrong') }
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    ({ status, code }: { status: number; code: number }) => [status, code],
  )

describe('the emulator of Twilio', { timeout: 30_000 }, () => {
  it("tells of a call in Twilio's words and order, each time signed", async (context) => {
    const { client, hooks, callbacks, until, emulator } = await open(context)
    const made = await client.calls.create({
      ...{ to: numberFor('machine'), from, url: `${hooks}/voice`, statusCallback: `${hooks}/status` },
      ...{ statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'], machineDetection: 'Enable' },
      ...{ asyncAmd: 'true', asyncAmdStatusCallback: `${hooks}/amd` },
    })
    assert.deepEqual([made.status, made.direction, made.startTime], ['queued', 'outbound-api', null])
    await until(() => callbacks.some(({ CallStatus }) => CallStatus === 'completed'))
    const status = callbacks.filter(({ path }) => path === '/status')
    assert.deepEqual(
      status.map(({ CallStatus, SequenceNumber }) => `${SequenceNumber} ${CallStatus}`),
      ['0 initiated', '1 ringing', '2 in-progress', '3 completed'],
    )
    for (const { CallSid, AccountSid, Direction, CallbackSource, Timestamp = '' } of status) {
      assert.deepEqual([CallSid, AccountSid, Direction], [made.sid, sid, 'outbound-api'])
      assert.equal(CallbackSource, 'call-progress-events')
      assert.match(Timestamp, /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/)
    }
    assert.ok(status.at(-1)?.CallDuration !== undefined && status.at(-1)?.SipResponseCode === '200')
    const amd = callbacks.find(({ path }) => path === '/amd')
    assert.deepEqual([amd?.AnsweredBy, amd?.CallSid], ['machine_start', made.sid])
    assert.match(amd?.MachineDetectionDuration ?? '', /^\d+$/)
    assert.equal(emulator.placed()[0]?.said, '<Response><Say>Hello</Say></Response>')
    const call = await client.calls(made.sid).fetch()
    assert.deepEqual([call.status, call.answeredBy, call.to], ['completed', 'machine', numberFor('machine')])
    assert.ok(call.endTime && call.dateCreated)
  })

  it('queues what comes faster than the account may dial, and lists it', async (context) => {
    const { client } = await open(context, 0.01)
    const to = numberFor('stays')
    const sids: string[] = []
    for (let n = 0; n < 3; n += 1) sids.push((await client.calls.create({ to, from, twiml: '<Response/>' })).sid)
    const listed = await client.calls.list({ to, from, pageSize: 2 })
    assert.deepEqual(
      listed.map((call) => call.sid),
      sids.toReversed(),
    )
    const [first, second, third] = sids as [string, string, string]
    assert.ok(Number((await client.calls(third).fetch()).queueTime) > 190_000)
    assert.equal((await client.calls(second).update({ status: 'canceled' })).status, 'canceled')
    assert.deepEqual(await codeOf(client.calls(second).update({ status: 'completed' })), [400, 21220])
    assert.equal((await client.calls.list({ to: '+12125550100' })).length, 0)
    assert.ok(['queued', 'ringing', 'in-progress'].includes((await client.calls(first).fetch()).status))
  })

  it('refuses as Twilio does', async (context) => {
    const { client, stranger } = await open(context)
    const dial = (to: string, more: object = {}) =>
      codeOf(client.calls.create({ to, from, twiml: '<Response/>', ...more }))
    assert.deepEqual(await codeOf(stranger.calls.create({ to: from, from, twiml: '<Response/>' })), [401, 20003])
    assert.deepEqual(await codeOf(client.calls(`CA${'9'.repeat(32)}`).fetch()), [404, 20404])
    assert.deepEqual(await dial('12125550100'), [400, 21211])
    assert.deepEqual(await dial('+15005550003'), [400, 21215])
    assert.deepEqual(await dial('+12125550100', { from: '5550199' }), [400, 21212])
    assert.deepEqual(await dial('+12125550100', { twiml: undefined }), [400, 21205])
    assert.deepEqual(await dial(numberFor('congestion')), [429, 20429])
  })

  it('says what is left on the account', async (context) => {
    const { client, stranger } = await open(context)
    const { balance, currency, accountSid } = await client.balance.fetch()
    assert.deepEqual([balance, currency, accountSid], ['20.00', 'USD', sid])
    assert.deepEqual(await codeOf(stranger.balance.fetch()), [401, 20003])
  })
})

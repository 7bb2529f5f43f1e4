/**
 * Telephones as a process: everybody who is called by SIP here speaks in a tone of their own, and says which tones they
 * hear. What they do is the last digit of their number. With a name and a password it is one that registers at the PBX. Questions come as lines of JSON, and so do the answers.
 */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { tone, wavOf } from './audio.ts'
import { digits } from './digits.ts'
import { type Media, openMedia } from './phone-media.ts'
import { answerTo, byeFor, type Dialog, type Message, parse, register } from './phone-sip.ts'

const [address = '', port = '', desk = '', password = ''] = process.argv.slice(2)
const pbx = { address: '127.0.0.1', port: 5060 }
const talks_ms = 1_500
const refusals: Record<string, string> = {
  ...{ [digits.busy]: '486 Busy Here', [digits.rejects]: '603 Decline' },
  ...{ [digits.invalid_number]: '404 Not Found', [digits.congestion]: '503 Service Unavailable' },
}

interface PhoneCall extends Dialog {
  user: string
  invite: Message
  media: Media
  answered: boolean
}
/** Words of 300 ms. */
const words = (ms: number) => ms % 400 < 300
const manners: Record<string, (ms: number) => boolean> = {
  [digits.greets]: (ms) => ms > 200 && ms < 700,
  [digits.talks]: (ms) => ms > 200 && ms < 2_200 && words(ms),
  [digits.machine]: (ms) => ms > 200 && ((ms < 4_200 && words(ms)) || (ms > 5_000 && ms < 5_300)),
}
const calls = new Map<string, PhoneCall>()
/** The last call of each number, over or not. */
const last = new Map<string, PhoneCall>()
const rung: string[] = []
let tones = 0

const sip = createSocket('udp4')
const send = (text: string, to: { address: string; port: number }) => sip.send(text, to.port, to.address)

async function ring(invite: Message, peer: Dialog['peer']): Promise<void> {
  const user = /^sip:([^@;]+)@/.exec(invite.uri)?.[1] ?? ''
  rung.push(user)
  const refusal = refusals[user.at(-1) ?? '']
  if (refusal) return send(answerTo(invite, refusal, { address, port }), peer)
  const call_id = invite.headers['call-id'] ?? ''
  const media = await openMedia(address, tones++, invite.body)
  const call: PhoneCall = { user, invite, media, peer, call_id, answered: false }
  calls.set(call_id, call)
  last.set(user, call)
  send(answerTo(invite, '180 Ringing', { address, port }), peer)
  if (user.endsWith(String(digits.rings_out))) return
  call.answered = true
  send(answerTo(invite, '200 OK', { address, port, sdp: media.sdp }), peer)
  media.speak(manners[user.at(-1) ?? ''] ?? (() => true))
  if (user.endsWith(String(digits.answers))) setTimeout(() => hangUp(call), talks_ms)
}

function hangUp(call: PhoneCall): void {
  if (!calls.delete(call.call_id)) return
  call.media.close()
  send(byeFor(call.invite, { address, port }), call.peer)
}

sip.on('message', (data, { address: from, port: at }) => {
  const message = parse(data.toString())
  const challenge = message.headers['www-authenticate']
  if (challenge !== undefined) return send(register({ desk, password, address, port, challenge }), pbx)
  if (message.method === '') return console.log('ready')
  const peer = { address: from, port: at }
  const call = calls.get(message.headers['call-id'] ?? '')
  const reply = (status: string) => send(answerTo(message, status, { address, port, sdp: call?.media.sdp }), peer)
  switch (message.method) {
    case 'INVITE':
      if (call === undefined) void ring(message, peer)
      // Told again that it is answered; one that rings was told so.
      else if (call.answered) reply('200 OK')
      return
    case 'CANCEL':
    case 'BYE':
      send(answerTo(message, '200 OK', { address, port }), peer)
      if (call === undefined) return
      if (message.method === 'CANCEL') send(answerTo(call.invite, '487 Request Terminated', { address, port }), peer)
      calls.delete(call.call_id)
      return call.media.close()
    case 'OPTIONS':
      return send(answerTo(message, '200 OK', { address, port }), peer)
    default:
  }
})

/** What is asked, by its first word. */
const questions: Record<string, (call_id: string, frequency: number) => unknown> = {
  rung: () => rung,
  talks: (call_id) => calls.has(call_id),
  digits: (call_id) => calls.get(call_id)?.media.digits() ?? '',
  firstHeard: (number, frequency) => last.get(number)?.media.firstHeard(frequency) ?? null,
  frequency: (call_id) => calls.get(call_id)?.media.frequency ?? null,
  async hearsTone(call_id, frequency) {
    await calls.get(call_id)?.media.listen()
    return calls.get(call_id)?.media.hears(frequency) ?? false
  },
  /** The calls whose tone is heard now. */
  async hears(call_id) {
    const listener = calls.get(call_id)
    if (listener === undefined) return []
    await listener.media.listen()
    return [...calls.values()]
      .filter((one) => one !== listener && listener.media.hears(one.media.frequency))
      .map((one) => one.call_id)
  },
}

/** A server with messages: its files are tones of 1.5 s, named by their frequency. */
createServer((request, reply) => {
  const [frequency] = /\d+(?=\.wav$)/.exec(request.url ?? '') ?? []
  reply.setHeader('content-type', 'audio/wav').end(wavOf(tone(Number(frequency), 1_500)))
}).listen(Number(port) + 1, address)

sip.bind(Number(port), address, () =>
  desk === '' ? console.log('ready') : send(register({ desk, password, address, port }), pbx),
)
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, ask, call_id, frequency } = JSON.parse(line)
  console.log(JSON.stringify({ id, answer: await questions[ask]?.(call_id, frequency) }))
})

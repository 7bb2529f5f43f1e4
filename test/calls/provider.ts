/**
 * A SIP provider as a process: one account, asked for its password with every registration and call (RFC 2617). Whoever is
 * called over it is busy. Questions come as lines of JSON, and so do the answers.
 */
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createInterface } from 'node:readline'
import { answerTo, type Message, parse } from './phone-sip.ts'

const [address = '', port = '', username = '', first_password = ''] = process.argv.slice(2)
let password = first_password
/** Registrations that hold, and all numbers that were called with the right password; both in order. */
const registered = new Set<string>()
const called: string[] = []
let refused = 0

const sip = createSocket('udp4')
const md5 = (...words: string[]) => createHash('md5').update(words.join(':')).digest('hex')

function knows({ method, headers }: Message): boolean {
  const proof = headers.authorization ?? headers['proxy-authorization'] ?? ''
  const said = Object.fromEntries([...proof.matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name, value]) => [name, value]))
  const { realm = '', nonce = '', uri = '', response, nc = '', cnonce = '', qop = '' } = said
  if (said.username !== username) return false
  const secrets = [md5(username, realm, password), md5(method, uri)] as const
  return response === md5(secrets[0], nonce, ...(qop === '' ? [] : [nc, cnonce, qop]), secrets[1])
}

const challenge = (name: string) => `${name}: Digest realm="provider", nonce="once", algorithm=MD5, qop="auth"`

sip.on('message', (data, peer) => {
  const message = parse(data.toString())
  const send = (status: string, ...more: string[]) => {
    const [line = '', ...rest] = answerTo(message, status, { address, port }).split('\r\n')
    sip.send([line, ...more, ...rest].join('\r\n'), peer.port, peer.address)
  }
  const contact = message.headers.contact ?? ''
  switch (message.method) {
    case 'REGISTER':
      if (!knows(message)) {
        refused += 1
        return send('401 Unauthorized', challenge('WWW-Authenticate'))
      }
      if (/expires=0\b/.test(contact) || message.headers.expires === '0') registered.clear()
      else registered.add(username)
      return send('200 OK', 'Expires: 300')
    case 'INVITE':
      if (!knows(message)) return send('407 Proxy Authentication Required', challenge('Proxy-Authenticate'))
      called.push(/^sip:([^@;]+)@/.exec(message.uri)?.[1] ?? '')
      return send('486 Busy Here')
    case 'OPTIONS':
      return send('200 OK')
    default:
  }
})

/** What is asked, by its first word. */
const questions: Record<string, (word: string) => unknown> = {
  registered: () => registered.size > 0,
  called: () => called,
  refused: () => refused,
  change(word) {
    password = word
    registered.clear()
    return null
  },
}

sip.bind(Number(port), address, () => console.log('ready'))
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, ask, call_id } = JSON.parse(line)
  console.log(JSON.stringify({ id, answer: questions[ask]?.(call_id) }))
})

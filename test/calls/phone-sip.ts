/** As much SIP (RFC 3261) as a telephone needs that is called by one peer, which sends whole messages. */
import { createHash } from 'node:crypto'

export interface Message {
  /** Empty for a response. */
  method: string
  uri: string
  /** By names in lower case; of several the first. */
  headers: Record<string, string>
  /** In their order; they are all repeated in an answer. */
  vias: string[]
  body: string
}

export interface Dialog {
  call_id: string
  peer: { address: string; port: number }
}

interface Own {
  address: string
  port: string
  sdp?: string | undefined
}

export function parse(text: string): Message {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const fields = lines.map((line) => /^([^:]+?)\s*:\s*(.*)$/.exec(line)?.slice(1) ?? ['', ''])
  const named = fields.map(([name = '', value = '']) => [name.toLowerCase(), value] as const)
  const [method = '', uri = ''] = first.startsWith('SIP/2.0') ? [] : first.split(' ')
  const headers = Object.fromEntries(named.toReversed())
  return { method, uri, headers, vias: named.flatMap(([name, value]) => (name === 'via' ? value : [])), body }
}

const tagged = (message: Message) => {
  const to = message.headers.to ?? ''
  return to.includes(';tag=') ? to : `${to};tag=phone`
}

export function answerTo(request: Message, status: string, { address, port, sdp = '' }: Own): string {
  const { from, 'call-id': call_id, cseq } = request.headers
  return [
    `SIP/2.0 ${status}`,
    ...request.vias.map((via) => `Via: ${via}`),
    ...[`From: ${from}`, `To: ${tagged(request)}`, `Call-ID: ${call_id}`, `CSeq: ${cseq}`],
    `Contact: <sip:phone@${address}:${port}>`,
    ...(sdp && ['Content-Type: application/sdp']),
    ...[`Content-Length: ${sdp.length}`, '', sdp],
  ].join('\r\n')
}

/** Ends the call that this INVITE began. */
export function byeFor(invite: Message, { address, port }: Own): string {
  const { from, contact, 'call-id': call_id } = invite.headers
  return [
    `BYE ${/<([^>]+)>/.exec(contact ?? '')?.[1] ?? invite.uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:${port};branch=z9hG4bK${Date.now()}`,
    ...[`From: ${tagged(invite)}`, `To: ${from}`, `Call-ID: ${call_id}`, 'CSeq: 1 BYE', 'Max-Forwards: 70'],
    ...['Content-Length: 0', '', ''],
  ].join('\r\n')
}

interface Registering extends Pick<Own, 'address' | 'port'> {
  desk: string
  password: string
  /** What the registrar asks to be answered with the password (RFC 2617). */
  challenge?: string
}

export function register({ desk, password, address, port, challenge = '' }: Registering): string {
  const uri = 'sip:127.0.0.1'
  const md5 = (...words: string[]) => createHash('md5').update(words.join(':')).digest('hex')
  const { realm = '', nonce = '' } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  const cnonce = 'phone'
  const response = md5(md5(desk, realm, password), nonce, '00000001', cnonce, 'auth', md5('REGISTER', uri))
  const proof = `Digest username="${desk}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`
  return [
    `REGISTER ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:${port};branch=z9hG4bKregister${challenge.length}`,
    ...[`From: <sip:${desk}@127.0.0.1>;tag=desk`, `To: <sip:${desk}@127.0.0.1>`, 'Call-ID: desk'],
    ...[`CSeq: ${challenge === '' ? 1 : 2} REGISTER`, 'Max-Forwards: 70', 'Expires: 600'],
    `Contact: <sip:${desk}@${address}:${port}>`,
    ...(challenge === '' ? [] : [`Authorization: ${proof}, algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"`]),
    ...['Content-Length: 0', '', ''],
  ].join('\r\n')
}

/** As much SIP (RFC 3261) as a telephone needs that is only ever called, by one peer that sends whole messages. */
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

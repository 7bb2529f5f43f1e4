/**
 * What an event socket sends, framed as FreeSWITCH frames it: headers, an empty line, and as many bytes of body as
 * `Content-Length` says. An event is a body of its own, with headers and perhaps a body within.
 */

/** Headers by name, and what a background job said. */
export interface SwitchEvent {
  headers: Record<string, string>
  body?: string
}

export type EventFormat = 'plain' | 'json'

/** A packet as it goes over the wire. */
export function framePacket(type: string, { headers = {}, body }: { headers?: Record<string, string>; body?: string }) {
  const sized = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  const lines = Object.entries({ ...sized, 'Content-Type': type, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `${lines.join('\n')}\n\n${body ?? ''}`
}

/** An event in the format that was asked for. Plain values are url-encoded, those in JSON are not. */
export function frameEvent({ headers, body }: SwitchEvent, format: EventFormat): string {
  if (format === 'json') {
    const inner = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)), _body: body }
    return framePacket('text/event-json', { body: JSON.stringify({ ...headers, ...inner }) })
  }
  const inner = body === undefined ? '\n' : `Content-Length: ${Buffer.byteLength(body)}\n\n${body}`
  return framePacket('text/event-plain', { body: `${writeHeaders(headers)}${inner}` })
}

/** One to a line, url-encoded. */
export function writeHeaders(headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${encodeURIComponent(value)}\n`)
  return lines.join('')
}

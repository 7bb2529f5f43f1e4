/** Packets of an event socket: headers, an empty line, and as many bytes of body as they say. */

export interface Packet {
  /** Its content type; empty where it has none. */
  type: string
  /** Names in lower case. */
  headers: Map<string, string>
  body: string
}

/** Nothing that a PBX sends is longer; whoever sends more is none. */
const longest = 16 * 1024 * 1024
const gap = Buffer.from('\n\n')
const newline = 10

/** Takes bytes as they come and hands out whole packets; null for what can be none. */
export function createPacketReader(): (chunk: Buffer) => Packet[] | null {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const packets: Packet[] = []
    for (;;) {
      // Some replies have an empty line too many.
      while (rest[0] === newline) rest = rest.subarray(1)
      const end = rest.indexOf(gap)
      if (end < 0) return rest.length > longest ? null : packets
      const fields = readFields(rest.toString('utf8', 0, end))
      const headers = new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))
      const length = Number(headers.get('content-length') ?? 0)
      if (!Number.isInteger(length) || length < 0 || length > longest) return null
      const begin = end + gap.length
      if (rest.length < begin + length) return packets
      const body = rest.toString('utf8', begin, begin + length)
      packets.push({ type: headers.get('content-type') ?? '', headers, body })
      rest = rest.subarray(begin + length)
    }
  }
}

/** The lines of `Name: value` in a text. */
export function readFields(text: string): [name: string, value: string][] {
  return text.split('\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
}

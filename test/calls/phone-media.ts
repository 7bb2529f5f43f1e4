/** A telephone's ear and mouth: RTP with mu-law, and tones of its keys by RFC 4733. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { amplitudeOf, frame_ms, frame_samples, fromMulaw, rate, toMulaw } from './audio.ts'

const amplitude = 6_000
/** Below it is what another tone leaves behind. */
const audible = 600
/** What is heard at once. */
const window = rate / 5
const keys = '0123456789*#ABCD'
const key_payload = 101

export interface Media {
  sdp: string
  frequency: number
  /** `manner` says when it has a voice, by the ms since it began. */
  speak(manner: (ms: number) => boolean): void
  /** Resolves after as long as it takes to hear who speaks now. */
  listen(): Promise<void>
  hears(frequency: number): boolean
  /** When it heard this tone first, in ms since it began to speak; null where it never did. */
  firstHeard(frequency: number): number | null
  digits(): string
  close(): void
}

export async function openMedia(address: string, place: number, offer: string): Promise<Media> {
  const rtp = createSocket('udp4').bind(0, address)
  await once(rtp, 'listening')
  const peer = { address: /^c=IN IP4 (\S+)/m.exec(offer)?.[1], port: Number(/^m=audio (\d+)/m.exec(offer)?.[1]) }
  const frequency = 500 + 110 * (place % 20)
  let heard = new Int16Array(window)
  let pressed = ''
  let last_key = -1
  let began = 0
  const history: { ms: number; samples: Int16Array }[] = []
  let timer: NodeJS.Timeout | undefined

  rtp.on('message', (packet) => {
    const payload = (packet[1] ?? 0) & 0x7f
    const content = packet.subarray(12)
    if (payload === key_payload) {
      const at = packet.readUInt32BE(4)
      if (at !== last_key) pressed += keys[content[0] ?? 0] ?? ''
      last_key = at
    } else if (payload === 0) {
      const samples = Int16Array.from(content, fromMulaw)
      heard = Int16Array.from([...heard.subarray(samples.length), ...samples])
      history.push({ ms: performance.now() - began, samples })
    }
  })
  return {
    frequency,
    sdp: [
      ...['v=0', `o=phone 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'],
      `m=audio ${rtp.address().port} RTP/AVP 0 ${key_payload}`,
      ...['a=rtpmap:0 PCMU/8000', `a=rtpmap:${key_payload} telephone-event/8000`, ''],
    ].join('\r\n'),
    speak(manner) {
      began = performance.now()
      let frames = 0
      timer = setInterval(() => {
        for (; frames * frame_ms <= performance.now() - began; frames++) {
          const packet = Buffer.alloc(12 + frame_samples)
          packet.set([0x80, 0])
          packet.writeUInt16BE(frames & 0xffff, 2)
          packet.writeUInt32BE(frames * frame_samples, 4)
          packet.writeUInt32BE(place + 1, 8)
          for (let index = 0; index < frame_samples; index++) {
            const turn = (2 * Math.PI * frequency * (frames * frame_samples + index)) / rate
            packet[12 + index] = toMulaw(manner(frames * frame_ms) ? amplitude * Math.sin(turn) : 0)
          }
          rtp.send(packet, peer.port, peer.address)
        }
      }, frame_ms)
    },
    async listen() {
      heard = new Int16Array(window)
      await new Promise((resolve) => setTimeout(resolve, 300))
    },
    hears: (frequency) => amplitudeOf(heard, frequency) > audible,
    firstHeard: (frequency) => history.find(({ samples }) => amplitudeOf(samples, frequency) > audible)?.ms ?? null,
    digits: () => pressed,
    close() {
      clearInterval(timer)
      rtp.close()
    },
  }
}

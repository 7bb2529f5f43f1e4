import { writeWavHead } from '#domain/wav.ts'

const rate = 8000
/** Customer and agent, one to a channel. */
const hertz = [440, 554]
const loudness = 8000

/** A recording as this carrier makes them: whoever speaks is a tone. WAV, 16 bit, 8 kHz, two channels. */
export function writeTones(duration_ms: number): Buffer {
  const frames = Math.round((duration_ms / 1000) * rate)
  const samples = Buffer.alloc(frames * hertz.length * 2)
  for (let frame = 0; frame < frames; frame++) {
    for (const [channel, frequency] of hertz.entries()) {
      const sample = Math.round(loudness * Math.sin((2 * Math.PI * frequency * frame) / rate))
      samples.writeInt16LE(sample, (frame * hertz.length + channel) * 2)
    }
  }
  const head = writeWavHead({ channels: hertz.length, rate, bytes: samples.length })
  return Buffer.concat([head, samples])
}

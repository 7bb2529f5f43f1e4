/** Speech of telephones without speech: tones as G.711 mu-law at 8 kHz, and which of them are in what was heard. */
export const rate = 8_000
export const frame_ms = 20
export const frame_samples = (rate * frame_ms) / 1000

/** G.711: the sample of 16 bits that each of the 256 bytes stands for. */
const decoded = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff
  const size = (((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)
  return code & 0x80 ? 0x84 - size : size - 0x84
})

export const fromMulaw = (byte: number): number => decoded[byte] ?? 0

export function toMulaw(sample: number): number {
  const size = Math.min(Math.abs(Math.round(sample)), 32_635) + 0x84
  const exponent = 31 - Math.clz32(size) - 7
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((size >> (exponent + 3)) & 0x0f)) & 0xff
}

/** The amplitude of one frequency in samples (Goertzel). */
export function amplitudeOf(samples: ArrayLike<number>, frequency: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate)
  let [last, before] = [0, 0]
  for (let index = 0; index < samples.length; index++) {
    ;[last, before] = [(samples[index] ?? 0) + turn * last - before, last]
  }
  const power = last * last + before * before - turn * last * before
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(power, 0))) / samples.length
}

/** A WAV file of one channel and 16 bits. */
export function wavOf(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)])
}

export function tone(frequency: number, ms: number, amplitude = 8_000): Int16Array {
  const length = (rate * ms) / 1000
  return Int16Array.from({ length }, (_, at) => amplitude * Math.sin((2 * Math.PI * frequency * at) / rate))
}

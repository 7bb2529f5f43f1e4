/** WAV (RIFF): what its head says of the samples that follow. */

/** Enough for the chunks that stand before the samples. */
export const wav_head_bytes = 4096

export interface WavHead {
  /** 1 is PCM. */
  format: number
  channels: number
  /** Samples of each channel in a second. */
  rate: number
  bits: number
  duration_ms: number
  /** Where the samples begin. */
  samples_at: number
}

/**
 * Null for what is no WAV. `bytes` is the whole file's length: a recorder that was cut off, or wrote as it went, has left a
 * wrong length or none in the head.
 */
export function readWavHead(head: Buffer, bytes: number): WavHead | null {
  if (head.length < 12 || textAt(head, 0) !== 'RIFF' || textAt(head, 8) !== 'WAVE') return null
  let described: Omit<WavHead, 'duration_ms' | 'samples_at'> | null = null
  let bytes_per_second = 0
  for (let at = 12; at + 8 <= head.length; ) {
    const length = head.readUInt32LE(at + 4)
    const inside = at + 8
    if (textAt(head, at) === 'fmt ' && inside + 16 <= head.length) {
      const [format, channels] = [head.readUInt16LE(inside), head.readUInt16LE(inside + 2)]
      described = { format, channels, rate: head.readUInt32LE(inside + 4), bits: head.readUInt16LE(inside + 14) }
      bytes_per_second = head.readUInt32LE(inside + 8)
    }
    if (textAt(head, at) === 'data') {
      if (described === null || bytes_per_second === 0) return null
      const present = bytes - inside
      const samples = length === 0 || length > present ? present : length
      return { ...described, duration_ms: Math.round((samples / bytes_per_second) * 1000), samples_at: inside }
    }
    at = inside + length + (length % 2)
  }
  return null
}

/** The head before `bytes` of 16-bit samples. */
export function writeWavHead({ channels, rate, bytes }: { channels: number; rate: number; bytes: number }): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(bytes, 40)
  return head
}

function textAt(buffer: Buffer, at: number): string {
  return buffer.toString('latin1', at, at + 4)
}

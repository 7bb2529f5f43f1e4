import type { WavHead } from './wav.ts'

/** As many as a waveform on a screen has room for. */
export const peakCount = 1_000

export interface PeakMeter {
  /** The samples in their order, cut anywhere. */
  add(samples: Buffer): void
  /** Of each channel the loudest sample of each stretch, from 0 to 100. */
  read(): number[][]
}

/** How loud 16-bit samples are, stretch by stretch; null for samples of another kind. */
export function createPeakMeter({ format, bits, channels, rate, duration_ms }: WavHead): PeakMeter | null {
  if (format !== 1 || bits !== 16 || channels < 1 || channels > 2) return null
  const frames = Math.max(1, Math.round((rate * duration_ms) / 1000))
  const stretches = Math.min(peakCount, frames)
  const loudest = Array.from({ length: channels }, () => new Array<number>(stretches).fill(0))
  let place = 0
  let rest: Buffer = Buffer.alloc(0)
  return {
    add(chunk) {
      const samples = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const whole = samples.length - (samples.length % 2)
      for (let at = 0; at < whole; at += 2) {
        const stretch = Math.min(stretches - 1, Math.floor((Math.floor(place / channels) * stretches) / frames))
        const peaks = loudest[place % channels] as number[]
        const loud = Math.abs(samples.readInt16LE(at))
        if (loud > (peaks[stretch] as number)) peaks[stretch] = loud
        place += 1
      }
      rest = samples.subarray(whole)
    },
    read: () => loudest.map((peaks) => peaks.map((loud) => Math.round((loud / 32_768) * 100))),
  }
}

/** Two recordings of one channel each, as a PBX writes them, in one of two: so it is heard who speaks. */
import { Readable } from 'node:stream'
import { readWavHead, writeWavHead } from '#domain/wav.ts'

/** As the PBX writes it: what it says of the samples, and nothing else. */
const head_bytes = 44
/** A second of each. */
const block_bytes = 16_000

/** The first is heard on the left, the second on the right; the shorter one ends in silence. */
export function interleave(left: Readable, right: Readable): Readable {
  return Readable.from(playBoth(left, right)).on('close', () => {
    for (const stream of [left, right]) stream.destroy()
  })
}

async function* playBoth(left: Readable, right: Readable): AsyncGenerator<Buffer> {
  const sources = [sourceOf(left), sourceOf(right)] as const
  const [one, other] = await Promise.all(sources.map((source) => source.take(head_bytes)))
  const [first, second] = [samplesOf(one), samplesOf(other)]
  yield writeWavHead({ channels: 2, rate: 8000, bytes: 2 * Math.max(first, second) })
  for (let to_come = Math.max(first, second); to_come > 0; to_come -= block_bytes) {
    const bytes = Math.min(block_bytes, to_come)
    const blocks = await Promise.all(sources.map((source) => source.take(bytes)))
    const both = Buffer.alloc(2 * bytes)
    for (const [channel, block] of blocks.entries()) {
      for (let at = 0; at + 1 < block.length; at += 2) block.copy(both, 2 * at + 2 * channel, at, at + 2)
    }
    yield both
  }
}

/** Bytes of samples behind a head. */
function samplesOf(head: Buffer | undefined): number {
  const read = head && readWavHead(head, Number.MAX_SAFE_INTEGER)
  if (read?.format !== 1 || read.channels !== 1 || read.bits !== 16 || read.rate !== 8000)
    throw new Error('the PBX has written another kind of recording')
  return 2 * Math.floor((head as Buffer).readUInt32LE(head_bytes - 4) / 2)
}

/** Gives so many bytes at a time, fewer at the end. */
function sourceOf(stream: Readable) {
  const chunks = stream[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  return {
    async take(bytes: number): Promise<Buffer> {
      const parts = [held]
      for (let have = held.length; have < bytes; ) {
        const next = await chunks.next()
        if (next.done) break
        parts.push(next.value)
        have += next.value.length
      }
      const all = Buffer.concat(parts)
      held = all.subarray(bytes)
      return all.subarray(0, bytes)
    },
  }
}

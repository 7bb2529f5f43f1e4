import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readWavHead, writeWavHead } from '#domain/wav.ts'
import { interleave } from './split-audio.ts'

const wavOf = (samples: number[], channels = 1) => {
  const data = Buffer.from(Int16Array.from(samples).buffer)
  return Buffer.concat([writeWavHead({ channels, rate: 8000, bytes: data.length }), data])
}
/** In pieces of so many bytes, as a network brings them. */
const inPieces = (whole: Buffer, bytes: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(whole.length / bytes) }, (_, n) => whole.subarray(n * bytes, (n + 1) * bytes)),
  )

describe('two recordings as one of two channels', () => {
  it('have every sample of both in its place, however they come, and end with the longer one', async () => {
    const voice = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 60 })
    const pieces = fc.integer({ min: 1, max: 99 })
    const play = async (left: number[], right: number[], one: number, other: number) => {
      const audio = await buffer(interleave(inPieces(wavOf(left), one), inPieces(wavOf(right), other)))
      const length = Math.max(left.length, right.length)
      assert.equal(readWavHead(audio, audio.length)?.channels, 2)
      assert.equal(audio.length, 44 + 4 * length)
      for (let at = 0; at < length; at += 1) {
        const heard = [audio.readInt16LE(44 + 4 * at), audio.readInt16LE(46 + 4 * at)]
        assert.deepEqual(heard, [left[at] ?? 0, right[at] ?? 0])
      }
    }
    await fc.assert(fc.asyncProperty(voice, voice, pieces, pieces, play))
    const long = Array.from({ length: 20_000 }, (_, n) => n)
    await play(long, long.slice(0, 9_000), 1_000, 777)
  })

  it('are none where the PBX wrote something else, or nothing', async () => {
    for (const odd of [wavOf([1, 2], 2), Buffer.from('no sound'), Buffer.alloc(0)]) {
      await assert.rejects(buffer(interleave(Readable.from([wavOf([1])]), Readable.from([odd]))), /another kind/)
    }
  })
})

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readWavHead, writeWavHead } from './wav.ts'

const second = { channels: 2, rate: 8000, bytes: 32_000 }

it('a WAV says how long it plays, and how its samples are', () => {
  const head = writeWavHead(second)
  const read = { format: 1, channels: 2, rate: 8000, bits: 16 }
  assert.deepEqual(readWavHead(head, 32_044), { ...read, duration_ms: 1000, samples_at: 44 })
  // Cut off after half of it; and written as it went, without a length.
  assert.equal(readWavHead(head, 16_044)?.duration_ms, 500)
  const streamed = writeWavHead({ ...second, bytes: 0 })
  assert.equal(readWavHead(streamed, 8044)?.duration_ms, 250)
})

it('other chunks may stand before the samples, of odd lengths, too', () => {
  const plain = writeWavHead(second)
  const note = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')])
  const head = Buffer.concat([plain.subarray(0, 36), note, plain.subarray(36)])
  assert.equal(readWavHead(head, 32_044 + note.length)?.duration_ms, 1000)
})

it('what is no WAV is none', () => {
  const head = writeWavHead(second)
  for (let length = 0; length < head.length; length++) assert.equal(readWavHead(head.subarray(0, length), 32_044), null)
  assert.equal(readWavHead(Buffer.from('ID3 and then a song, of forty-four bytes or so'), 4000), null)
})

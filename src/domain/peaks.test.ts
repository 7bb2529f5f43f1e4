import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPeakMeter, peakCount } from './peaks.ts'

describe('peaks', () => {
  const head = { format: 1, channels: 2, rate: 8000, bits: 16, duration_ms: 1000, samples_at: 44 }
  const samples = Buffer.alloc(8000 * 4)
  // The first half is heard on one channel alone, the second on the other, at half and at full scale.
  for (let frame = 0; frame < 8000; frame += 1) {
    if (frame < 4000) samples.writeInt16LE(frame % 2 ? 16_384 : -16_384, frame * 4)
    else samples.writeInt16LE(-32_768, frame * 4 + 2)
  }

  it('are the loudest sample of each stretch and channel, however the samples are cut', () => {
    for (const size of [3, 777, samples.length]) {
      const meter = createPeakMeter(head)
      for (let at = 0; at < samples.length; at += size) meter?.add(samples.subarray(at, at + size))
      const half = (loud: number) => new Array<number>(peakCount / 2).fill(loud)
      assert.deepEqual(meter?.read(), [
        [...half(50), ...half(0)],
        [...half(0), ...half(100)],
      ])
    }
  })

  it('are none of samples of another kind', () => {
    assert.equal(createPeakMeter({ ...head, format: 7, bits: 8 }), null)
  })
})

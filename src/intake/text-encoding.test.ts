import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { decodeText, detectEncoding } from './text-encoding.ts'

function decode(bytes: Buffer, encoding: string, blockLength: number): string {
  const decoding = decodeText(encoding)
  let text = ''
  for (let at = 0; at < bytes.length; at += blockLength) text += decoding.write(bytes.subarray(at, at + blockLength))
  return text + decoding.end()
}

test('text comes back the same in every encoding, wherever the blocks cut it', () => {
  const encodings = ['utf-8', 'utf-16le', 'utf-16be']
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...encodings),
      fc.integer({ min: 1, max: 7 }),
      (text, encoding, block) => {
        assert.equal(decode(iconv.encode(text, encoding), encoding, block), text.toWellFormed())
      },
    ),
    { numRuns: 2000 },
  )
})

test('a file that stops being UTF-8 late is read in its old encoding from there on', () => {
  const bytes = Buffer.concat([
    Buffer.from('Ann;+33199001234\n'.repeat(90_000)),
    iconv.encode('Zoë Müller;+33199001235\n', 'windows-1252'),
  ])
  assert.equal(detectEncoding(bytes.subarray(0, 256 * 1024)), 'utf-8')
  assert.ok(decode(bytes, 'utf-8', 256 * 1024).endsWith('Ann;+33199001234\nZoë Müller;+33199001235\n'))
})

test('a beginning that cuts a character is still UTF-8', () => {
  const bytes = Buffer.from('é'.repeat(100))
  assert.equal(detectEncoding(bytes.subarray(0, 151)), 'utf-8')
  assert.equal(detectEncoding(Buffer.from([0x41, 0xe9, 0x41])), 'windows-1252')
})

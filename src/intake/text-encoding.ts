/**
 * Which characters a file's bytes stand for.
 *
 * A byte order mark decides; without one, text with the pattern of UTF-16 is that, and the rest is UTF-8 until it shows
 * that it is not; then it is the likeliest old encoding.
 */
import { isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import iconv from 'iconv-lite'

export type TextEncoding = string

export interface TextDecoding {
  write(bytes: Buffer): string
  end(): string
}

const marks: readonly [bytes: readonly number[], encoding: TextEncoding][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]
/** What Latin-1 files of Windows programs are; chardet's guess counts when it is at least so sure (of 100); names make it
 * less sure than prose does. */
const western = 'windows-1252'
const sureEnough = 20
const sampleLength = 64 * 1024

/** The encoding of a file by its beginning; what comes later may still show that it was not UTF-8 (see decodeUtf8). */
export function detectEncoding(head: Buffer): TextEncoding {
  const marked = marks.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (marked) return marked[1]
  const wide = utf16Pattern(head.subarray(0, sampleLength))
  if (wide) return wide
  return isUtf8(head.subarray(0, lengthOfWholeCharacters(head))) ? 'utf-8' : guessLegacy(head)
}

/** Western text in UTF-16 has a zero in nearly every other byte, always on the same side. */
function utf16Pattern(sample: Buffer): TextEncoding | null {
  const pairs = Math.floor(sample.length / 2)
  if (pairs < 2) return null
  let first = 0
  let second = 0
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) first += 1
    if (sample[at + 1] === 0) second += 1
  }
  if (second > pairs * 0.4 && first < pairs * 0.05) return 'utf-16le'
  return first > pairs * 0.4 && second < pairs * 0.05 ? 'utf-16be' : null
}

/** Without a character of several bytes that the end of the block cuts. */
function lengthOfWholeCharacters(block: Buffer): number {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back] as number
    if (byte < 0x80) return block.length
    if (byte < 0xc0) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needs > back ? block.length - back : block.length
  }
  return block.length
}

/** The likeliest old encoding of bytes that are no UTF-8, by what stands around the first odd one. */
function guessLegacy(block: Buffer): TextEncoding {
  const firstOdd = block.findIndex((byte) => byte >= 0x80)
  const sample = block.subarray(Math.max(0, firstOdd - 4096), firstOdd + sampleLength)
  const best = chardet.analyse(sample).find((match) => !/^(?:UTF|ASCII)/i.test(match.name))
  if (!best || best.confidence < sureEnough || /^ISO-8859-1$/i.test(best.name)) return western
  return iconv.encodingExists(best.name) ? best.name.toLowerCase() : western
}

/** Is this a name that `decodeText` understands? */
export function isEncoding(name: string): boolean {
  return iconv.encodingExists(name)
}

/** Decodes block by block; characters may be cut anywhere. What can't be decoded becomes U+FFFD. */
export function decodeText(encoding: TextEncoding): TextDecoding {
  const name = encoding.toLowerCase()
  if (name === 'utf-8' || name === 'utf8') return decodeUtf8()
  if (name === 'utf-16le' || name === 'utf-16be') return decodeUtf16(name)
  const decoder = iconv.getDecoder(name)
  return { write: (bytes) => (decoder.write(bytes) ?? '').toWellFormed(), end: () => decoder.end() ?? '' }
}

/**
 * A list of a million rows may be plain ASCII for half of them and then turn out to be in an old encoding: from the first
 * block that is no UTF-8 on, it is read as that. All before it reads the same in either.
 */
function decodeUtf8(): TextDecoding {
  let carried = Buffer.alloc(0)
  let started = false
  let legacy: TextDecoding | null = null
  return {
    write(bytes) {
      if (legacy) return legacy.write(bytes)
      const block = carried.length === 0 ? bytes : Buffer.concat([carried, bytes])
      const length = lengthOfWholeCharacters(block)
      const whole = block.subarray(0, length)
      if (!isUtf8(whole)) {
        legacy = decodeText(guessLegacy(whole))
        return legacy.write(block)
      }
      // The next block is read into the same memory.
      carried = Buffer.from(block.subarray(length))
      const text = whole.toString('utf8')
      const marked = !started && text.charCodeAt(0) === 0xfeff
      started ||= text !== ''
      return marked ? text.slice(1) : text
    },
    end: () => (legacy ? legacy.end() : carried.toString('utf8')),
  }
}

/** The platform's decoder leaves no half of a surrogate pair behind, which the database would refuse. */
function decodeUtf16(name: string): TextDecoding {
  const decoder = new TextDecoder(name)
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

/**
 * Which characters a file's bytes stand for.
 *
 * A byte order mark decides; without one a file that is valid UTF-8 to its last byte is UTF-8, one with the pattern of
 * UTF-16 is that, and the rest is guessed from the place where it stops being UTF-8.
 */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
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
const scanLength = 1024 * 1024

export async function detectEncoding(file: FileHandle, head: Buffer): Promise<TextEncoding> {
  const marked = marks.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (marked) return marked[1]
  const wide = utf16Pattern(head.subarray(0, sampleLength))
  if (wide) return wide
  const place = await findInvalidUtf8(file)
  return place === null ? 'utf-8' : guessLegacy(file, place)
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

/** The offset of the block in which the file stops being UTF-8; null if it never does. */
async function findInvalidUtf8(file: FileHandle): Promise<number | null> {
  const block = Buffer.allocUnsafe(scanLength)
  let offset = 0
  let carried = 0
  for (;;) {
    const { bytesRead } = await file.read(block, carried, block.length - carried, offset + carried)
    const filled = carried + bytesRead
    const whole = bytesRead === 0 ? filled : lengthOfWholeCharacters(block, filled)
    if (!isUtf8(block.subarray(0, whole))) return offset
    if (bytesRead === 0) return null
    block.copyWithin(0, whole, filled)
    offset += whole
    carried = filled - whole
  }
}

/** Without a character of several bytes that the end of the block cuts. */
function lengthOfWholeCharacters(block: Buffer, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = block[length - back] as number
    if (byte < 0x80) return length
    if (byte < 0xc0) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needs > back ? length - back : length
  }
  return length
}

async function guessLegacy(file: FileHandle, offset: number): Promise<TextEncoding> {
  const block = Buffer.allocUnsafe(scanLength)
  const { bytesRead } = await file.read(block, 0, block.length, offset)
  const firstOdd = block.subarray(0, bytesRead).findIndex((byte) => byte >= 0x80)
  const sample = block.subarray(Math.max(0, firstOdd - 4096), Math.min(bytesRead, firstOdd + sampleLength))
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
  if (name === 'utf-16le' || name === 'utf-16be') return decodeUtf16(name)
  if (name !== 'utf-8' && name !== 'utf8') return asDecoding(iconv.getDecoder(name))
  const decoder = new StringDecoder('utf8')
  let started = false
  return {
    write(bytes) {
      const text = decoder.write(bytes)
      if (started || text === '') return text
      started = true
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    },
    end: () => decoder.end(),
  }
}

/** The platform's decoder leaves no half of a surrogate pair behind, which the database would refuse. */
function decodeUtf16(name: string): TextDecoding {
  const decoder = new TextDecoder(name)
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

function asDecoding(decoder: iconv.DecoderStream): TextDecoding {
  return { write: (bytes) => (decoder.write(bytes) ?? '').toWellFormed(), end: () => decoder.end() ?? '' }
}

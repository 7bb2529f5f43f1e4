import { type FileHandle, open } from 'node:fs/promises'
import { decodeText, type TextEncoding } from './text-encoding.ts'

export interface TextBlock {
  text: string
  /** Bytes of the file read so far. */
  bytes_read: number
}

/** Large enough that the record cut at its end costs nothing, small enough to keep memory flat. */
const blockLength = 256 * 1024

/** Reads a file as text, block by block. Line ends of a lone CR, as old Macs wrote them, become line feeds. */
export async function* readTextBlocks(
  path: string,
  encoding: TextEncoding,
  lineEnd: 'lf' | 'cr',
): AsyncGenerator<TextBlock> {
  const file = await open(path)
  try {
    const decoding = decodeText(encoding)
    const mend = (text: string) => (lineEnd === 'cr' ? text.replaceAll('\r', '\n') : text)
    let bytes_read = 0
    for await (const bytes of readBlocks(file)) {
      bytes_read += bytes.length
      yield { text: mend(decoding.write(bytes)), bytes_read }
    }
    yield { text: mend(decoding.end()), bytes_read }
  } finally {
    await file.close()
  }
}

async function* readBlocks(file: FileHandle): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(blockLength)
  for (;;) {
    const { bytesRead } = await file.read(block, 0, block.length, null)
    if (bytesRead === 0) return
    yield block.subarray(0, bytesRead)
  }
}

/** Reads the files of a ZIP archive as text; what is encrypted, split or larger than 4 GB it does not know. */
export interface Archive {
  has: (path: string) => boolean
  /** Null where there is no such file. */
  read: (path: string) => Promise<string | null>
}

interface Entry {
  method: number
  size: number
  /** Of its own header in the file. */
  start: number
}

// APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
const [endMark, entryMark] = [0x06054b50, 0x02014b50]
const [endLength, entryLength, headerLength] = [22, 46, 30]
const [stored, deflated] = [0, 8]

/** Null where it is no archive that can be read. */
export async function openArchive(file: Blob): Promise<Archive | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entries = listEntries(new DataView(bytes.buffer), bytes)
  if (entries === null) return null
  return {
    has: (path) => entries.has(path),
    async read(path) {
      const entry = entries.get(path)
      if (entry === undefined) return null
      const view = new DataView(bytes.buffer)
      const data =
        entry.start + headerLength + view.getUint16(entry.start + 26, true) + view.getUint16(entry.start + 28, true)
      const packed = new Blob([bytes.subarray(data, data + entry.size)])
      if (entry.method === stored) return packed.text()
      if (entry.method !== deflated) return null
      return new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
    },
  }
}

function listEntries(view: DataView, bytes: Uint8Array): Map<string, Entry> | null {
  let end = bytes.length - endLength
  while (end >= 0 && view.getUint32(end, true) !== endMark) end -= 1
  if (end < 0) return null
  const entries = new Map<string, Entry>()
  const text = new TextDecoder()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + entryLength > bytes.length || view.getUint32(at, true) !== entryMark) return null
    const nameLength = view.getUint16(at + 28, true)
    const name = text.decode(bytes.subarray(at + entryLength, at + entryLength + nameLength))
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      size: view.getUint32(at + 20, true),
      start: view.getUint32(at + 42, true),
    })
    at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

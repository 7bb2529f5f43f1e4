import { createWriteStream } from 'node:fs'
import { access, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** 2 GB, the default limit of an upload. */
export const maxUploadBytes = 2 * 1024 * 1024 * 1024
const folder = 'uploads'

export type SpoolReply = { ok: true; file_path: string; file_size_bytes: number } | { ok: false; refusal: string }

/**
 * Writes an upload to its file below the data folder, where it outlives the process; `file_path` goes into the import's
 * row. Nothing is left of an upload that breaks off or is too large.
 */
export async function spoolUpload(
  dataDir: string,
  id: string,
  upload: Readable,
  maxBytes = maxUploadBytes,
): Promise<SpoolReply> {
  const file_path = join(folder, `${id}.csv`)
  const path = locateUpload(dataDir, file_path)
  await mkdir(dirname(path), { recursive: true })
  let written = 0
  try {
    await pipeline(
      upload,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          written += chunk.length
          if (written > maxBytes) return
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  if (written > maxBytes) {
    await rm(path, { force: true })
    return {
      ok: false,
      refusal: `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB. Split it and upload the parts.`,
    }
  }
  await syncFile(path)
  return { ok: true, file_path, file_size_bytes: (await stat(path)).size }
}

/** Once the upload is acknowledged it may not be lost with the machine's power. */
async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Where an import's file lies; refuses a path that leads out of the data folder. */
export function locateUpload(dataDir: string, filePath: string | null): string {
  const root = resolve(dataDir)
  const path = resolve(root, filePath ?? join(folder, 'none'))
  if (!path.startsWith(root + sep)) throw new Error('an upload lies outside the data folder')
  return path
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

export async function removeUpload(dataDir: string, filePath: string | null): Promise<void> {
  if (filePath !== null) await rm(locateUpload(dataDir, filePath), { force: true })
}

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readWavHead, type WavHead, wav_head_bytes } from '#domain/wav.ts'
import type { StagedFile } from './object-store.ts'

/** What comes in is written here first, in a folder of its own, until it is known what it is. */
export interface Staging {
  folder: string
  most_bytes: number
}

export interface Staged extends StagedFile {
  /** Null for what is no WAV. */
  wav: WavHead | null
  /** Its own folder goes, with what is left in it. */
  clear(): Promise<void>
}

export type StageReply = { ok: true; staged: Staged } | { ok: false; reason: 'empty' | 'too_large' }

/** Writes a stream down and looks at it on the way: its length, its checksum, and how long it plays. */
export async function stage(staging: Staging, body: Readable, content_type: string): Promise<StageReply> {
  await mkdir(staging.folder, { recursive: true, mode: 0o700 })
  const own = await mkdtemp(join(staging.folder, 'in-'))
  const clear = () => rm(own, { recursive: true, force: true })
  const path = join(own, 'audio')
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let bytes = 0
  const look = new Transform({
    transform(chunk: Buffer, _, next) {
      if (bytes < wav_head_bytes) head.push(chunk)
      bytes += chunk.length
      hash.update(chunk)
      if (bytes > staging.most_bytes) next(new TooLarge())
      else next(null, chunk)
    },
  })
  try {
    await pipeline(body, look, createWriteStream(path, { flush: true, mode: 0o600 }))
  } catch (error) {
    await clear()
    if (error instanceof TooLarge) return { ok: false, reason: 'too_large' }
    throw error
  }
  if (bytes === 0) {
    await clear()
    return { ok: false, reason: 'empty' }
  }
  const wav = readWavHead(Buffer.concat(head), bytes)
  return { ok: true, staged: { path, bytes, sha256: hash.digest(), content_type, wav, clear } }
}

class TooLarge extends Error {}

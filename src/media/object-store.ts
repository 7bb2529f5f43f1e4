/** Where audio is kept: a folder, or a bucket of any service that speaks S3. Keys are ours; no word of a person is in them. */
import type { Readable } from 'node:stream'

/** Bytes `first` to `last`, both included. */
export interface ByteRange {
  first: number
  last: number
}

export interface StagedFile {
  path: string
  bytes: number
  sha256: Buffer
  content_type: string
}

export interface ObjectStore {
  /** Resolves once it is safe; what was there is replaced. The file may be gone afterwards. */
  put(key: string, file: StagedFile): Promise<void>
  /** Null where there is nothing of this key. */
  read(key: string, range: ByteRange): Promise<Readable | null>
  /** Nothing happens where there is nothing of this key. */
  delete(key: string): Promise<void>
}

export const recordingKey = (workspace_id: string, id: string) => `recordings/${workspace_id}/${id}`
/** Beside the recording they are of, and gone with it. */
export const peaksKey = (workspace_id: string, id: string) => `peaks/${workspace_id}/${id}`
export const messageKey = (workspace_id: string, id: string) => `messages/${workspace_id}/${id}`

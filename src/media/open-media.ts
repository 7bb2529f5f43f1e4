import { join } from 'node:path'
import { openFolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import type { S3Settings } from './s3-store.ts'
import type { Staging } from './stage.ts'

/** Eight hours of two channels at 8 kHz; more is no call. */
const most_bytes = 1024 ** 3

/** Where audio is kept, and where it is put down on its way in. */
export async function openMedia(
  folder: string,
  s3: S3Settings | null,
): Promise<{ objects: ObjectStore; staging: Staging }> {
  const staging = { folder: join(folder, 'incoming'), most_bytes }
  if (s3 === null) return { objects: openFolderStore(folder), staging }
  // Loaded here: most installations keep a folder.
  const { openS3Store } = await import('./s3-store.ts')
  return { objects: openS3Store(s3), staging }
}

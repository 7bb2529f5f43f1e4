import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ObjectStore } from './object-store.ts'

/** Keeps objects as files; what is staged must lie on the same file system. */
export function openFolderStore(folder: string): ObjectStore {
  const pathOf = (key: string) => join(folder, key)
  return {
    async put(key, file) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(file.path, path)
      await syncFolder(dirname(path))
    },
    async read(key, { first, last }) {
      const file = await open(pathOf(key)).catch(absent)
      return file && createReadStream('', { fd: file, start: first, end: last })
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  }
}

/** A file's new name is safe only once its folder is written, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error
  return null
}

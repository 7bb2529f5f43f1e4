/** The thread that reads a file, so that a server that imports a million rows still answers everything else at once. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FileToRead } from './read-file.ts'
import { readNumberFile } from './read-numbers.ts'
import { stageFile } from './stage-file.ts'

/** Events on their way; a reader faster than the database waits. */
const mostUnderway = 8

const port = parentPort
if (!port) throw new Error('this file runs as a worker thread')
let underway = 0
let goOn: (() => void) | null = null
port.on('message', () => {
  underway -= 1
  goOn?.()
})

const file = workerData as FileToRead
for await (const event of file.of === 'people' ? stageFile(file.plan) : readNumberFile(file.plan)) {
  port.postMessage(event, 'bytes' in event ? [event.bytes.buffer as ArrayBuffer] : [])
  underway += 1
  while (underway >= mostUnderway) {
    await new Promise<void>((resolve) => {
      goOn = resolve
    })
  }
}
port.postMessage(null)
port.close()

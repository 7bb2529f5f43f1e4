import type { Pool } from '#store/database.ts'
import { stageRows } from '#store/import-merge.ts'
import { inWorkspace } from '#store/tx.ts'
import { ReadingFailure } from './import-failure.ts'
import { readFileEvents } from './read-file.ts'
import type { ReadingEvent, ReadingPlan, ShownRow } from './stage-file.ts'

export interface StagedChunk {
  chunk: number
  rows: number
  bytes_read: number
}

export interface ChunkReader {
  /** Reads on and stages one chunk; null at the end of the file, or why it can't be read on. */
  stageNext(): Promise<StagedChunk | { refusal: string } | null>
  /** The first rows as they were understood; known at the end of the file. */
  shown(): ShownRow[]
  close(): Promise<void>
}

/** Reads a file in its own thread and puts it into staging, a chunk at a time. */
export function openChunks(pool: Pool, workspaceId: string, plan: ReadingPlan): ChunkReader {
  const events = readFileEvents(plan)
  let rows: ShownRow[] = []

  async function read(): Promise<IteratorResult<ReadingEvent>> {
    try {
      return await events.next()
    } catch (error) {
      throw new ReadingFailure(error)
    }
  }

  /** The next event that is a chunk's; a preview's rows are put aside. */
  async function next(): Promise<ReadingEvent | null> {
    for (;;) {
      const { value, done } = await read()
      if (done) return null
      if (value.kind !== 'shown') return value
      rows = value.rows
    }
  }

  return {
    async stageNext() {
      let event = await next()
      if (event === null) return null
      if (event.kind === 'refused') return { refusal: event.refusal }
      async function* lines(): AsyncGenerator<Uint8Array> {
        for (; event?.kind === 'lines'; event = await next()) yield event.bytes
      }
      // A chunk that the file's end cuts short leaves with its transaction.
      const end = await inWorkspace(pool, { workspace_id: workspaceId }, async (tx) => {
        await stageRows(tx, lines())
        return event
      })
      if (end === null) throw new Error('the reading thread ended in the middle of a chunk')
      if (end.kind === 'refused') return { refusal: end.refusal }
      if (end.kind !== 'chunk') throw new Error(`unexpected ${end.kind} from the reading thread`)
      return { chunk: end.chunk, rows: end.rows, bytes_read: end.bytes_read }
    },
    shown: () => rows,
    async close() {
      await events.return(undefined)
    },
  }
}

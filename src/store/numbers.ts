import type { Pool } from './database.ts'
import { inWorkspace, type Tx } from './tx.ts'

const blockSize = 200
const blocks = new WeakMap<Pool, Map<string, { next: number; end: number }>>()

/**
 * The first of `count` consecutive integers for people to read out. Taken in blocks, so that calls don't queue for one
 * counter row: a process that stops leaves a gap, never a number given twice.
 */
export async function takeNumbers(pool: Pool, workspaceId: string, noun: string, count: number): Promise<number> {
  const held = blocksOf(pool)
  const key = `${workspaceId} ${noun}`
  const block = held.get(key)
  if (block && block.end - block.next >= count) {
    block.next += count
    return block.next - count
  }
  const size = Math.max(count, blockSize)
  const first = await inWorkspace(pool, { workspace_id: workspaceId }, (tx) =>
    advanceCounter(tx, workspaceId, noun, size),
  )
  held.set(key, { next: first + count, end: first + size })
  return first
}

function blocksOf(pool: Pool): Map<string, { next: number; end: number }> {
  let held = blocks.get(pool)
  if (!held) {
    held = new Map()
    blocks.set(pool, held)
  }
  return held
}

/** Moves the workspace's counter on by `count` inside a transaction and returns the first of the new numbers. */
export async function advanceCounter(tx: Tx, workspaceId: string, noun: string, count: number): Promise<number> {
  const { rows } = await tx.query<{ last: number }>({
    name: 'advance-counter',
    text: `insert into number_counters (workspace_id, noun, last) values ($1, $2, $3)
      on conflict (workspace_id, noun) do update set last = number_counters.last + excluded.last returning last`,
    values: [workspaceId, noun, count],
  })
  return (rows[0] as { last: number }).last - count + 1
}

/** A thread that plays the cells it is sent, one after the other. */
import { parentPort } from 'node:worker_threads'
import { type CellWords, playWords } from './cell-words.ts'
import { reasonOf } from './load-pacer.ts'
import type { CellReply } from './play-cells.ts'

parentPort?.on('message', (words: CellWords) => {
  const answer = (reply: CellReply) => parentPort?.postMessage(reply)
  playWords(words).then(
    (figures) => answer({ ok: true, figures }),
    (error: unknown) => answer({ ok: false, refusal: `${words.pacer} fails: ${reasonOf(error)}` }),
  )
})

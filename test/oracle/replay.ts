import { type ContactabilityInput, decideContact } from '#domain/contactability.ts'
import { createRandom } from '#domain/random.ts'
import { makeCase, toInput } from './cases.ts'

export interface Replay {
  verdicts: number
  now: number
  /** Verdicts that came out otherwise when they were asked again. */
  differing: number
}

/** Gives so many verdicts, keeps of each what an attempt keeps, and asks again from that alone. */
export function replayVerdicts(count: number, seed: number): Replay {
  const random = createRandom(seed)
  const replay: Replay = { verdicts: count, now: 0, differing: 0 }
  for (let index = 0; index < count; index += 1) {
    const input = toInput(makeCase(random))
    const verdict = decideContact(input)
    const stored = JSON.stringify({ ...input, pack_versions: verdict.evidence.packs })
    const again = decideContact(JSON.parse(stored) as ContactabilityInput)
    if (verdict.answer === 'now') replay.now += 1
    if (JSON.stringify(again) !== JSON.stringify(verdict)) replay.differing += 1
  }
  return replay
}

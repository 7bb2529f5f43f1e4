/** The carrier's ledger against our attempts: nobody's phone rang twice, and both sides tell the same story. */
import { type Bar, bar } from './bars.ts'
import type { Evidence } from './evidence.ts'

export function checkDials(evidence: Evidence): Bar[] {
  const { testimony, attempts } = evidence
  const rows = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  const dialed = new Map(testimony.dials.map((dial) => [dial.attempt_id, dial]))
  return [
    bar('attempt dialed twice', findRepeated(testimony.dials.map((dial) => dial.attempt_id))),
    bar(
      'dial without its attempt',
      testimony.dials
        .filter(({ attempt_id, number, trunk }) => {
          const row = rows.get(attempt_id)
          return row === undefined || row.number !== number || row.trunk_id !== trunk
        })
        .map((dial) => dial.attempt_id),
    ),
    bar(
      'dialed and yet dropped',
      attempts.filter(({ id, state }) => state === 'dropped' && dialed.has(id)).map((attempt) => attempt.id),
    ),
    bar(
      'attempt without its dial',
      attempts
        .filter(({ id, state }) => state === 'ended' && !dialed.has(id))
        .map(({ id, outcome }) => `${id} ended as ${outcome}`),
    ),
    bar(
      'outcomes differ',
      attempts.flatMap(({ id, outcome }) => {
        const theirs = testimony.ends.get(id)?.outcome
        return theirs === undefined || theirs === outcome ? [] : [`${id}: ours ${outcome}, the carrier's ${theirs}`]
      }),
    ),
    bar(
      'dial without its end',
      testimony.dials.filter((dial) => !testimony.ends.has(dial.attempt_id)).map((dial) => dial.attempt_id),
    ),
    bar('number rung twice at once', findOverlaps(evidence)),
  ]
}

function findRepeated(ids: string[]): string[] {
  const seen = new Set<string>()
  return ids.filter((id) => seen.size === seen.add(id).size)
}

function findOverlaps({ testimony }: Evidence): string[] {
  const upUntil = new Map<string, number>()
  return testimony.dials.flatMap(({ number, attempt_id, at }) => {
    const until = upUntil.get(number) ?? 0
    upUntil.set(number, Math.max(until, testimony.ends.get(attempt_id)?.at ?? Number.POSITIVE_INFINITY))
    return at < until ? [`${attempt_id} began ${until - at} ms before the last call to the same number was over`] : []
  })
}

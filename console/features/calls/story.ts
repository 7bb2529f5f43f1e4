import type { TFunction } from 'i18next'
import type { CallStory } from '../../api/calls.ts'
import { showAge } from '../../lib/format.ts'

/** One thing that happened to a call, or was said of it. */
export interface Moment {
  id: string
  at: string
  kind: 'rule' | 'told' | 'act' | 'note' | 'meant'
  title: string
  /** In the words of whoever said it. */
  text?: string | undefined
}

/** What let an attempt out, as it was stored with it. */
export interface Verdict {
  rule: { id: string; source: string; version: string }
  evidence: {
    packs: Record<string, string>
    zones: string[]
    local_times: Record<string, string>
    detail: string | null
  }
}

/** Null for a call that another system made, or whose person was erased. */
export function verdictOf({ attempt }: CallStory): Verdict | null {
  const { verdict } = (attempt?.verdict ?? {}) as { verdict?: Partial<Verdict> }
  return verdict?.evidence?.zones && verdict.rule ? (verdict as Verdict) : null
}

/** All that is known of a call, in the order in which it happened. */
export function tellStory(story: CallStory, t: TFunction<'words'>): Moment[] {
  const moments: Moment[] = []
  const { attempt, said } = story
  const verdict = verdictOf(story)
  if (attempt && verdict) {
    const text = t('calls.story.rule', { rule: verdict.rule.id, version: verdict.rule.version })
    moments.push({ id: 'verdict', at: attempt.claimed_at, kind: 'rule', title: t('calls.story.letOut'), text })
  }
  for (const { event_key, kind, at, detail } of story.events) {
    const title = t(`calls.event.${kind as 'ringing'}`, kind)
    moments.push({ id: `event ${event_key}`, at, kind: 'told', title, text: wordsOf(kind, detail, t) })
  }
  for (const { seq, act, result, at, detail } of story.acts) {
    const title = t(`calls.act.${act as 'hold'}`, act)
    const text = [t(`calls.result.${result}`), detail.reason].filter(Boolean).join(': ')
    moments.push({ id: `act ${seq}`, at, kind: 'act', title, text })
  }
  for (const { id, content, created_at, type } of story.notes) {
    moments.push({ id, at: created_at, kind: 'note', title: t(`calls.note.${type}`), text: content })
  }
  for (const change of said?.changes ?? []) {
    const title = t('calls.story.meant', { disposition: change.disposition })
    moments.push({ id: `meant ${change.step}`, at: change.at, kind: 'meant', title, text: change.note || undefined })
  }
  return moments.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

/** What a carrier told besides that it happened. */
function wordsOf(kind: string, detail: Record<string, unknown>, t: TFunction<'words'>): string | undefined {
  if (kind === 'detected') return t(`outcome.${detail.detection as 'human'}`, String(detail.detection))
  if (kind === 'ended') return [t(`outcome.${detail.outcome as 'human'}`), detail.cause].filter(Boolean).join(' · ')
  if (kind === 'billed') return `${detail.cost} ${detail.currency}`
  if (kind === 'recorded' && typeof detail.duration === 'number') return showAge(detail.duration * 1000)
  return undefined
}

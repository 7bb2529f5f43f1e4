/** Messages that a customer hears, and the end of a call after its last one. */
import { randomUUID } from 'node:crypto'
import { mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import { messages_folder } from './settings.ts'
import type { PbxEvent } from './socket.ts'

const begins_within_ms = 10_000
/** A PBX says that it has begun before it has looked whether there is such a message. */
const fails_within_ms = 50

export interface Plays {
  /** False when the PBX can't play it. */
  play(pbx: Pbx, attempt_id: string, message: { sound: string; is_last: boolean }): Promise<boolean>
  hear(event: PbxEvent): void
}

/** What is played: a recording among the PBX's sounds, or one at an address; null for what is neither. */
export function soundOf(message: string): string | null {
  if (/^https?:\/\/[^\s,]+$/.test(message)) return `sound:${message}`
  return /^\w[\w-]*(\/\w[\w-]*)*$/.test(message) ? `sound:${messages_folder}/${message}` : null
}

export const lastPlayback = (trunk_id: string, attempt_id: string) => `last.${trunk_id}.${attempt_id}`

/** `onOver`: the last message of a call was heard, or broke off. */
export function createPlays(trunk_id: string, onOver: (attempt_id: string) => void): Plays {
  const waiting = new Map<string, (begun: boolean) => void>()
  /** Last messages that were begun here: whoever began one looks after its failure. */
  const own = new Set<string>()
  return {
    async play({ ari }, attempt_id, { sound, is_last }) {
      const id = is_last ? lastPlayback(trunk_id, attempt_id) : `message.${randomUUID()}`
      const told = Promise.withResolvers<boolean | null>()
      waiting.set(id, told.resolve)
      const timer = setTimeout(() => told.resolve(null), begins_within_ms)
      if (is_last) own.add(id)
      try {
        mustTake(await ari.play(channelOf('call', trunk_id, attempt_id), id, sound))
        const begun = await told.promise
        if (begun === null) throw new Unanswered('the PBX does not say that it plays the message')
        if (!begun) own.delete(id)
        return begun
      } finally {
        clearTimeout(timer)
        waiting.delete(id)
      }
    },
    hear({ type, playback }) {
      if (playback === undefined) return
      const { id, state } = playback
      const begun = waiting.get(id)
      if (type === 'PlaybackStarted' && begun) setTimeout(() => begun(true), fails_within_ms)
      if (type !== 'PlaybackFinished') return
      begun?.(state !== 'failed')
      const [kind, trunk, attempt_id] = id.split('.')
      if (kind !== 'last' || trunk !== trunk_id || attempt_id === undefined) return
      if (state !== 'failed' || (own.has(id) && !begun)) onOver(attempt_id)
      if (!begun) own.delete(id)
    },
  }
}

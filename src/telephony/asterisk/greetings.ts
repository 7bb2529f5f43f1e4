/** When a machine has greeted and, mostly, beeped: the PBX listens for a silence, and only then is a message left. */
import { must } from './answers.ts'
import type { Pbx } from './ari.ts'
import { beginListening, endListening, type Listening, listeningName, readHeard, sayHeard } from './listening.ts'
import type { PbxEvent } from './socket.ts'

export const greeting_context = 'outdial-greeting'
const listening: Listening = { purpose: 'greet', context: greeting_context }

/**
 * A silence longer than those within greetings and before most beeps; nobody greets for half a minute. The line stays a
 * moment longer, so that whoever looks finds either it or the message.
 */
export const greeting_dialplan = [
  'exten => s,1,Answer()',
  'same => n,WaitForSilence(1500,1,30)',
  sayHeard({ status: 'WAITSTATUS' }),
  'same => n,Wait(5)',
  'same => n,Hangup()',
  '',
].join('\n')

/** The dialplan's own limit, and what a busy PBX needs beyond it. */
const over_within_ms = 33_000

export interface Greetings {
  /** Of a greeting that is listened to; false for one that does not end, or whose call does. */
  untilOver(attempt_id: string): Promise<boolean>
  hear(event: PbxEvent): void
  /** The call is over. */
  end(attempt_id: string): void
}

const nameOf = (pbx: Pbx, attempt_id: string) => listeningName(pbx, listening, attempt_id)

export function createGreetings(trunk_id: string): Greetings {
  const waiting = new Map<string, (over: boolean) => void>()
  return {
    async untilOver(attempt_id) {
      const told = Promise.withResolvers<boolean>()
      waiting.set(attempt_id, told.resolve)
      const timer = setTimeout(() => told.resolve(false), over_within_ms)
      try {
        return await told.promise
      } finally {
        clearTimeout(timer)
        waiting.delete(attempt_id)
      }
    },
    hear(event) {
      const heard = readHeard(trunk_id, listening, event)
      if (heard !== null) waiting.get(heard.attempt_id)?.(heard.status === 'SILENCE')
    },
    end: (attempt_id) => waiting.get(attempt_id)?.(false),
  }
}

export const beginGreeting = (pbx: Pbx, attempt_id: string) => beginListening(pbx, listening, attempt_id)

/** Most calls have none. */
export async function endGreeting(pbx: Pbx, attempt_id: string): Promise<void> {
  if (must(await pbx.ari.bridge(nameOf(pbx, attempt_id))) !== null) await endListening(pbx, listening, attempt_id)
}

/** Whether somebody waits for the greeting of this call to end. */
export async function isGreeted(pbx: Pbx, attempt_id: string): Promise<boolean> {
  return must(await pbx.ari.channel(nameOf(pbx, attempt_id))) !== null
}

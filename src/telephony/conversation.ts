/**
 * An answered call as a conference: who is in it, and by the table below who hears whom. The customer never hears a
 * supervisor who listens or whispers: no entry lets them reach anybody but the agent.
 */
import type { ControlCommand } from './port.ts'

type Supervision = Exclude<Extract<ControlCommand, { act: 'supervise' }>['how'], 'take_over'>

export interface Conversation {
  readonly attempt_id: string
  /** Our leg; null while the customer is apart. */
  readonly leg_id: string | null
  readonly customer: 'present' | 'held' | 'parked' | 'transferred'
  /** The leg that parked the call, to fetch it back; else null. */
  readonly parked_by: string | null
  /** Somebody outside; not `joined` while our leg talks with them alone and the customer is held. */
  readonly third_party: { readonly to: string; readonly joined: boolean } | null
  readonly supervisors: ReadonlyMap<string, Supervision>
  readonly recording: 'off' | 'on' | 'paused'
  /** All tones played to the customer. */
  readonly digits: string
  /** A message after which the call ends. */
  readonly last_message: string | null
}

export function beginConversation(attempt_id: string): Conversation {
  return {
    ...{ attempt_id, leg_id: null, customer: 'present', parked_by: null, third_party: null },
    ...{ supervisors: new Map(), recording: 'off', digits: '', last_message: null },
  }
}

type Role = 'customer' | 'agent' | 'third_party' | Supervision

const everybody: readonly Role[] = ['customer', 'agent', 'third_party', 'listen', 'whisper', 'barge']

/** Whom a voice reaches, by the role of who speaks. */
const reach: Record<Role, readonly Role[]> = {
  customer: everybody,
  agent: everybody,
  third_party: everybody,
  listen: [],
  whisper: ['agent'],
  barge: everybody,
}

/** One voice that reaches one ear: each `customer`, `third_party` or a leg's id. */
export interface Hearing {
  listener: string
  speaker: string
}

/** Every pair in which one hears the other. */
export function listHearing(conversation: Conversation, muted: ReadonlySet<string>): Hearing[] {
  const { leg_id, third_party, supervisors } = conversation
  const members: [string, Role][] = [...supervisors]
  if (isCustomerIn(conversation)) members.push(['customer', 'customer'])
  if (leg_id !== null) members.push([leg_id, 'agent'])
  if (third_party !== null) members.push(['third_party', 'third_party'])
  return members
    .filter(([speaker]) => !muted.has(speaker))
    .flatMap(([speaker, role]) =>
      members
        .filter(([listener, ear]) => listener !== speaker && reach[role].includes(ear))
        .map(([listener]) => ({ listener, speaker })),
    )
}

/** Who is held, parked or waits for a consultation to end neither hears nor is heard. */
export function isCustomerIn({ customer, third_party }: Conversation): boolean {
  const consulted = third_party !== null && !third_party.joined
  return !consulted && (customer === 'present' || customer === 'transferred')
}

/** Our leg leaves and the customer stays, apart; with it goes whom it consulted. Supervisors stay with the customer. */
export function withoutLeg(conversation: Conversation): Conversation {
  return { ...conversation, leg_id: null, customer: 'present', third_party: null }
}

export function isMember({ leg_id, supervisors }: Conversation, leg: string): boolean {
  return leg_id === leg || supervisors.has(leg)
}

export function withoutSupervisor(conversation: Conversation, leg_id: string): Conversation {
  const supervisors = new Map(conversation.supervisors)
  supervisors.delete(leg_id)
  return { ...conversation, supervisors }
}

/**
 * Phones in browsers: each has an endpoint in the PBX's memory, made while it runs, with a password that holds for ten
 * minutes. Until when is kept in the PBX as well, so that every process knows, and whoever hears it takes away what is over.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import type { PhoneAccount, PhoneSocket } from '../port.ts'
import { must, reasonOf, Unanswered } from './answers.ts'
import type { Ari } from './ari.ts'
import { untilAnswered } from './asking.ts'
import { asFault, refuse } from './dial.ts'
import type { AsteriskSettings } from './settings.ts'

const account_ms = 600_000
/** Where the PBX did not answer. */
const try_again_ms = 30_000
/** A phone that is gone without a word, as after a browser's end, sends no audio any more: its line is down after this. */
const silent_seconds = 10
/** A phone registers again before this is over. */
const registered_seconds = 120

/** Of nobody else's, in whatever workspace; no longer than what the PBX takes for a name. */
export const phoneName = (trunk_id: string, identity: string) => `${plain(trunk_id)}-${plain(identity)}`
const plain = (id: string) => id.replaceAll('-', '')

type Reply<T> = ({ ok: true } & T) | { ok: false; fault: CarrierFault }

const isAnswer = (reply: Reply<unknown>) => reply.ok || reply.fault.verdict !== 'retryable'

interface PhoneDesk {
  trunk_id: string
  ari: Ari
  settings: Pick<AsteriskSettings, 'url' | 'ice_servers'>
  clock: Clock
  trouble(message: string, cause: unknown): void
}

export function createPhones({ trunk_id, ari, settings, clock, trouble }: PhoneDesk) {
  const timers = new Map<string, () => void>()
  const url = `${new URL(settings.url).origin.replace(/^http/, 'ws')}/ws`
  let closed = false

  const takeAwayAt = (name: string, expires: number) => {
    timers.get(name)?.()
    if (!closed)
      timers.set(
        name,
        clock.at(expires, () => void takeAwayNow(name)),
      )
  }
  const takeAwayNow = async (name: string) => {
    const fault = await untilAnswered(
      () => asFault(takeAway(name)),
      (fault) => fault === null,
    )
    if (fault === null || closed) return
    trouble('The account of a phone was not taken away; it is tried again', fault.reason)
    takeAwayAt(name, clock.now() + try_again_ms)
  }
  /** Another process may have made it hold for longer. */
  const takeAway = async (name: string) => {
    const expires = await readExpiry(ari, name)
    if (expires > clock.now()) return takeAwayAt(name, expires)
    timers.delete(name)
    for (const kind of ['endpoint', 'auth', 'aor'] as const) {
      const removed = await ari.removeObject(kind, name)
      if (removed.status !== 204 && removed.status !== 404) throw new Unanswered(reasonOf(removed))
    }
    await ari.keep('phone', name, null)
  }

  const make = async (identity: string): Promise<Reply<{ account: PhoneAccount }>> => {
    const name = phoneName(trunk_id, identity)
    const password = randomBytes(24).toString('base64url')
    const expires = clock.now() + account_ms
    const kept = await ari.keep('phone', name, String(expires))
    if (kept.status !== 204) return refuse('retryable', reasonOf(kept))
    takeAwayAt(name, expires)
    for (const [kind, fields] of describePhone(name, password)) {
      const put = await ari.putObject(kind, name, fields)
      if (put.status === null) return refuse('retryable', reasonOf(put))
      if (put.status !== 200) return refuse('permanent', `the PBX takes no phones from browsers: ${reasonOf(put)}`)
    }
    const { ice_servers } = settings
    const uri = `sip:${name}@${domain}`
    return { ok: true, account: { kind: 'sip', uri, password, expires_at: textOf(expires), ice_servers } }
  }
  const find = async (identity: string): Promise<Reply<{ socket: PhoneSocket }>> => {
    const kept = await ari.kept('phone', phoneName(trunk_id, identity))
    if (!kept.ok) return refuse('retryable', kept.reason)
    const expires = Number(kept.found?.value ?? 0)
    if (expires <= clock.now()) return refuse('permanent', 'the phone has no account that holds')
    return { ok: true, socket: { url, expires_at: textOf(expires) } }
  }

  return {
    makePhoneAccount: (identity: string) => untilAnswered(() => make(identity), isAnswer),
    findPhoneSocket: (identity: string) => untilAnswered(() => find(identity), isAnswer),
    /** Accounts that were made by others, or before nobody listened. */
    async catchUp() {
      for (const { resource } of must(await ari.endpoints()) ?? []) {
        if (resource.startsWith(`${plain(trunk_id)}-`)) takeAwayAt(resource, await readExpiry(ari, resource))
      }
    },
    close() {
      closed = true
      for (const stop of timers.values()) stop()
    },
  }
}

const textOf = (at: number) => new Date(at).toISOString()

/** In a phone's address; it is nobody's, because the phone reaches the PBX by its socket alone. */
const domain = 'pbx.invalid'

/** Zero where nothing is known. */
async function readExpiry(ari: Ari, name: string): Promise<number> {
  return Number(must(await ari.kept('phone', name))?.value ?? 0)
}

/** Only called, and only after it has registered: what it dials itself is refused. */
function describePhone(name: string, password: string): ['auth' | 'aor' | 'endpoint', Record<string, string>][] {
  const endpoint = {
    ...{ aors: name, auth: name, context: 'refused', allow: '!all,ulaw,alaw', webrtc: 'yes', direct_media: 'no' },
    ...{ rewrite_contact: 'yes', rtp_timeout: String(silent_seconds), allow_transfer: 'no', allow_subscribe: 'no' },
  }
  const registered = { maximum_expiration: String(registered_seconds), default_expiration: String(registered_seconds) }
  return [
    ['auth', { auth_type: 'userpass', username: name, password }],
    ['aor', { max_contacts: '1', remove_existing: 'yes', ...registered }],
    ['endpoint', endpoint],
  ]
}

/**
 * The SIP provider of a trunk, as objects in the PBX's memory: where calls go out, with which account, and whether it answers.
 * They are put there by whoever dials, because who dials has the trunk's present settings: before the first dial, and again
 * when the PBX was started anew.
 */
import type { CarrierFault } from '../faults.ts'
import type { LineAnswer } from '../http-line.ts'
import { must, reasonOf, Unanswered } from './answers.ts'
import type { Ari } from './ari.ts'
import { untilAnswered } from './asking.ts'
import { readChannel, refusesAccount } from './channels.ts'
import { asFault, refuse } from './dial.ts'
import { type AsteriskSettings, type SipSettings, trunkName } from './settings.ts'
import type { PbxEvent } from './socket.ts'

const registered_seconds = 300
/** Nobody is called for so long after a provider has refused the account. */
const refused_ms = 60_000
/** Calls of a trunk that is taken away are left to their end, which is looked for as often. */
const look_ms = 5_000

export interface SipTrunk {
  /** Null once calls can go out; otherwise why not. What takes longer than `within_ms` goes on for the next one who asks. */
  ensure(within_ms: number): Promise<CarrierFault | null>
  /** It may be there no longer. */
  doubt(): void
  hear(event: PbxEvent): void
  /** Calls on it go on; nobody else is dialed over it until it is ensured again. */
  retire(): Promise<CarrierFault | null>
  close(): void
}

interface SipDesk {
  trunk_id: string
  ari: Ari
  settings: AsteriskSettings
  trouble(message: string, cause: unknown): void
}

export function createSipTrunk({ trunk_id, ari, settings, trouble }: SipDesk): SipTrunk {
  const name = trunkName(trunk_id)
  const { sip, sip_password } = settings
  let placed: Promise<void> | null = null
  let fresh = true
  let away = false
  let refused_until = 0
  let timer: NodeJS.Timeout | undefined

  const place = async (wanted: SipSettings) => {
    if (wanted.username !== undefined && sip_password === null) {
      throw new Unanswered("the trunk's secret has no password for its SIP account")
    }
    away = false
    // The PBX would go on with a registration of which nothing but the password has changed.
    if (fresh) took(await ari.removeObject('registration', name))
    for (const [kind, fields] of describeTrunk(name, wanted, sip_password)) {
      const put = await ari.putObject(kind, name, fields)
      if (put.status !== 200) throw new Unanswered(`the PBX takes no trunk: ${reasonOf(put)}`)
    }
    fresh = false
  }
  const takeAway = async () => {
    took(await ari.removeObject('registration', name))
    if ((must(await ari.endpoint(name))?.channel_ids.length ?? 0) > 0) {
      timer = setTimeout(() => {
        takeAway().catch((error) => trouble('A trunk was not taken away from the PBX', error))
      }, look_ms)
      return
    }
    for (const kind of ['endpoint', 'aor', 'auth'] as const) took(await ari.removeObject(kind, name))
  }

  return {
    async ensure(within_ms) {
      if (sip === undefined) return null
      clearTimeout(timer)
      placed ??= place(sip)
      const slow = refuse('blocked', 'the trunk is still being put into the PBX').fault
      const late = Promise.withResolvers<CarrierFault>()
      const waiting = setTimeout(() => late.resolve(slow), within_ms)
      const lack = await Promise.race([asFault(placed), late.promise]).finally(() => clearTimeout(waiting))
      if (lack !== null && lack !== slow) placed = null
      if (lack !== null) return lack
      if (performance.now() < refused_until)
        return refuse('blocked', "the SIP provider refuses the trunk's account").fault
      return away ? refuse('blocked', 'the SIP provider does not answer').fault : null
    },
    doubt() {
      placed = null
    },
    hear({ type, endpoint, contact_info, channel, tech_cause }) {
      const own = readChannel(trunk_id, channel?.id ?? '')?.kind === 'call'
      if (type === 'ChannelDestroyed' && own && refusesAccount(tech_cause)) {
        refused_until = performance.now() + refused_ms
      }
      if (type !== 'ContactStatusChange' || endpoint?.resource !== name) return
      away = contact_info?.contact_status === 'Unreachable'
    },
    async retire() {
      if (sip === undefined) return null
      placed = null
      clearTimeout(timer)
      return untilAnswered(
        () => asFault(takeAway()),
        (fault) => fault === null,
      )
    },
    close: () => clearTimeout(timer),
  }
}

/** What was taken away already is away. */
function took(answer: LineAnswer): void {
  if (answer.status !== 204 && answer.status !== 404) throw new Unanswered(reasonOf(answer))
}

type Described = ['auth' | 'aor' | 'endpoint' | 'registration', Record<string, string>][]

/** Each after what it names. Without an account of ours there, the provider knows us by our address. */
function describeTrunk(name: string, sip: SipSettings, password: string | null): Described {
  const { host, port, transport, username, from_user = username, from_domain, codecs, qualify_seconds } = sip
  const at = `sip:${host}:${port}${transport === 'udp' ? '' : `;transport=${transport}`}`
  const signs = username !== undefined && password !== null
  const account = { auth_type: 'userpass', username: username ?? '', password: password ?? '' }
  const endpoint = {
    ...{ transport, context: 'refused', aors: name, allow: `!all,${codecs.join(',')}`, direct_media: 'no' },
    ...{ rtp_symmetric: 'yes', ...(signs && { outbound_auth: name }), ...(from_domain && { from_domain }) },
    ...(from_user && { from_user }),
  }
  const registration = {
    ...{ transport, server_uri: at, client_uri: `sip:${username}@${from_domain ?? host}`, outbound_auth: name },
    ...{ expiration: String(registered_seconds), retry_interval: '30', max_random_initial_delay: '0' },
  }
  return [
    ...(signs ? ([['auth', account]] satisfies Described) : []),
    ['aor', { contact: at, qualify_frequency: String(qualify_seconds) }],
    ['endpoint', endpoint],
    ...(signs && sip.register ? ([['registration', registration]] satisfies Described) : []),
  ]
}

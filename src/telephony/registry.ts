/**
 * Telephony: speaks to carriers, and keeps their words out of the rest of the house.
 * In come commands through the port (./port.ts) and carriers' payloads; out go replies, faults and carrier events
 * in our words. It never decides whether, when or whom to call, and never touches the database.
 *
 * This file alone names adapters. A new carrier is its folder and two lines here: its import and its name.
 */
import { z } from 'zod'
import type { CallSample } from '#domain/forecast/play-campaign.ts'
import { asterisk } from './asterisk/adapter.ts'
import { bolna } from './bolna/adapter.ts'
import { freeswitch } from './freeswitch/adapter.ts'
import type { Carrier, TrunkSettings } from './port.ts'
import type { Adapter, CarrierDeps, Provider, SettingsFault, WebhookReader } from './provider.ts'
import { simulated } from './simulator/adapter.ts'
import { rehearseCalls } from './simulator/rehearse-calls.ts'
import { twilio } from './twilio/adapter.ts'
import { voipstudio } from './voipstudio/adapter.ts'

const adapters = {
  asterisk,
  bolna,
  freeswitch,
  simulated,
  twilio,
  voipstudio,
} satisfies Record<string, Adapter>

/** Accounts that a trunk keeps sealed for whoever moves in with them, before there is an adapter that uses them. */
const awaited = ['openai'] as const

/** The providers that a trunk may name. */
export const providers = [...(Object.keys(adapters) as (keyof typeof adapters)[]), ...awaited]
/** The one that rings nobody: every new workspace begins with a trunk of it. */
export const rehearsal_provider: (typeof providers)[number] = 'simulated'

/** Providers over which nobody is dialed, and why. */
export const undialed: Record<string, string> = {
  openai: 'this provider speaks and does not call: its account is kept for voice agents',
} satisfies Partial<Record<(typeof providers)[number], string>>

const known = new Map<string, Adapter>(Object.entries(adapters))

/** What a trunk of the provider has unless somebody says otherwise; null where the provider sets no such bound. */
export function usualOf(provider: string): { calls_per_second: number | null; channels: number | null } {
  const { usual_rate = null, usual_channels = null } = known.get(provider) ?? {}
  return { calls_per_second: usual_rate, channels: usual_channels }
}

export interface ProviderDescription {
  provider: string
  /** JSON Schema of a trunk's settings; null where it needs none. */
  settings: Record<string, unknown> | null
  needs_secret: boolean
  /** Why nobody is dialed over it; null where they are. */
  undialed: string | null
}

/** What a trunk of each provider says of its account: for whoever fills that in. */
export function describeProviders(): ProviderDescription[] {
  return providers.map((provider) => {
    const { settings } = known.get(provider) ?? {}
    const why = undialed[provider] ?? null
    const schema = settings ? { ...z.toJSONSchema(settings, { io: 'input' }) } : null
    return { provider, settings: schema, needs_secret: schema !== null || why !== null, undialed: why }
  })
}

export function findSettingsFaults(
  provider: string,
  { settings, has_secret }: { settings: Record<string, unknown>; has_secret: boolean },
  { pbx_addresses }: { pbx_addresses: readonly string[] },
): SettingsFault[] {
  const { settings: rules, addressOf } = known.get(provider) ?? {}
  if (!rules && !Object.hasOwn(undialed, provider)) return []
  const issues = rules?.safeParse(settings).error?.issues ?? []
  const faults = issues.map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
  if (!has_secret) faults.push({ path: 'secret', message: 'is needed by this provider' })
  const address = faults.length === 0 ? addressOf?.(settings) : undefined
  if (address === undefined || pbx_addresses.includes(address)) return faults
  return [
    { path: 'settings', message: `name ${address}, which this installation does not list in OUTDIAL_PBX_ADDRESSES` },
  ]
}

/**
 * What calls come to where none were made yet. Of no real carrier are there figures that hold for any list; until there are
 * calls of one's own, the rehearsed ones stand in for them: the shares and times of a cold list, as ./simulator has them.
 */
export function foreseeCalls(provider: string, scriptPath: string | null, ringTimeoutMs: number): CallSample[] {
  return rehearseCalls(provider === rehearsal_provider ? scriptPath : null, ringTimeoutMs)
}

export interface Registry {
  /** The trunk's carrier; the same one until its settings change. An unknown provider throws. */
  openCarrier(trunk: TrunkSettings): Carrier
  /** Null for a provider that is unknown or delivers none. */
  webhooksOf(provider: string): WebhookReader | null
  resume(): void
  closeAll(): Promise<void>
}

export function createRegistry(deps: CarrierDeps): Registry {
  const opened = new Map<string, Provider>()
  const carriers = new Map<string, { settings: string; carrier: Carrier }>()
  /** Carriers of settings that no longer hold, until they have closed. */
  const retiring = new Set<Promise<void>>()

  for (const [name, { open }] of known) opened.set(name, open(deps))

  const retire = (carrier: Carrier) => {
    const retired = carrier
      .close()
      .catch((cause) => deps.trouble(`Closing a ${carrier.name} carrier failed`, cause))
      .finally(() => retiring.delete(retired))
    retiring.add(retired)
  }

  const close = async () => {
    for (const { carrier } of carriers.values()) retire(carrier)
    await Promise.all(retiring)
    for (const provider of opened.values()) await provider.close()
  }
  let closing: Promise<void> | null = null

  return {
    openCarrier(trunk) {
      if (closing) throw new Error('The registry is closed')
      const settings = JSON.stringify([trunk.workspace_id, trunk.provider, trunk.speed, trunk.settings, trunk.secret])
      const present = carriers.get(trunk.id)
      if (present?.settings === settings) return present.carrier
      const provider = opened.get(trunk.provider)
      if (!provider)
        throw new Error(`Trunk ${trunk.id} names the provider "${trunk.provider}", which is none of ${providers}`)
      const carrier = provider.open(trunk)
      carriers.set(trunk.id, { settings, carrier })
      if (present) retire(present.carrier)
      return carrier
    },
    webhooksOf: (provider) => opened.get(provider)?.webhooks ?? null,
    resume() {
      for (const provider of opened.values()) provider.resume()
    },
    closeAll() {
      closing ??= close()
      return closing
    },
  }
}

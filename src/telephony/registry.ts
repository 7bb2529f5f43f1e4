/**
 * Telephony: speaks to carriers, and keeps their words out of the rest of the house.
 * In come commands through the port (./port.ts) and carriers' payloads; out go replies, faults and carrier events
 * in our words. It never decides whether, when or whom to call, and never touches the database.
 *
 * This file alone names adapters. A new carrier is its folder and two lines here: its import and its opener.
 */
import type { CallSample } from '#domain/forecast/play-campaign.ts'
import { openAsteriskCarriers } from './asterisk/adapter.ts'
import { findAsteriskFaults } from './asterisk/settings.ts'
import { openBolnaCarriers } from './bolna/adapter.ts'
import { findBolnaFaults } from './bolna/settings.ts'
import type { Carrier, TrunkSettings } from './port.ts'
import type { CarrierDeps, Provider, WebhookReader } from './provider.ts'
import { openSimulatedCarriers } from './simulator/adapter.ts'
import { rehearseCalls } from './simulator/rehearse-calls.ts'
import { openTwilioCarriers } from './twilio/adapter.ts'
import { findTwilioFaults } from './twilio/settings.ts'
import { openVoipstudioCarriers } from './voipstudio/adapter.ts'
import { findVoipstudioFaults } from './voipstudio/settings.ts'

const openers = {
  asterisk: openAsteriskCarriers,
  bolna: openBolnaCarriers,
  simulated: openSimulatedCarriers,
  twilio: openTwilioCarriers,
  voipstudio: openVoipstudioCarriers,
} satisfies Record<string, (deps: CarrierDeps) => Provider>

/** Accounts that a trunk keeps sealed for whoever moves in with them, before there is an adapter that uses them. */
const awaited = ['openai'] as const

/** The providers that a trunk may name. */
export const providers = [...(Object.keys(openers) as (keyof typeof openers)[]), ...awaited]
/** The one that rings nobody: every new workspace begins with a trunk of it. */
export const rehearsal_provider: (typeof providers)[number] = 'simulated'

/** Providers over which nobody is dialed, and why. */
export const undialed: Record<string, string> = {
  openai: 'this provider speaks and does not call: its account is kept for voice agents',
} satisfies Partial<Record<(typeof providers)[number], string>>

/** Calls a second that a provider takes from a new account; it refuses more, or lets them wait where no stop reaches them. */
export const usual_rates: Record<string, number> = { bolna: 8, twilio: 1, voipstudio: 0.5 } satisfies Partial<
  Record<(typeof providers)[number], number>
>

/** Calls at once, where a trunk of the provider can't have as many as others: one person talks on all of its calls. */
export const usual_channels: Record<string, number> = { voipstudio: 1 } satisfies Partial<
  Record<(typeof providers)[number], number>
>

/** Providers that can't do without certain settings and a secret: what of the settings is missing or wrong. */
const checks: Record<string, typeof findTwilioFaults> = {
  asterisk: findAsteriskFaults,
  bolna: findBolnaFaults,
  twilio: findTwilioFaults,
  voipstudio: findVoipstudioFaults,
  openai: () => [],
} satisfies Partial<Record<(typeof providers)[number], typeof findTwilioFaults>>

export function findSettingsFaults(
  provider: string,
  { settings, has_secret }: { settings: Record<string, unknown>; has_secret: boolean },
): { path: string; message: string }[] {
  const check = checks[provider]
  if (!check) return []
  return [...check(settings), ...(has_secret ? [] : [{ path: 'secret', message: 'is needed by this provider' }])]
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

  for (const [name, open] of Object.entries(openers)) opened.set(name, open(deps))

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
      const known = carriers.get(trunk.id)
      if (known?.settings === settings) return known.carrier
      const provider = opened.get(trunk.provider)
      if (!provider)
        throw new Error(`Trunk ${trunk.id} names the provider "${trunk.provider}", which is none of ${providers}`)
      const carrier = provider.open(trunk)
      carriers.set(trunk.id, { settings, carrier })
      if (known) retire(known.carrier)
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

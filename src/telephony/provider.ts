import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Clock } from './clock.ts'
import type { CarrierEvent } from './events.ts'
import type { Carrier, EventSink, TrunkSettings } from './port.ts'
import type { SimulatorSettings } from './simulator/settings.ts'

/** What adapters need of the house. */
export interface CarrierDeps {
  sim: SimulatorSettings
  /** Where a provider's API is, by its name, if not at the provider's own address. */
  api_urls: Record<string, string>
  /** Takes the reports of carriers that live in this process. */
  sink: EventSink
  /** The public address at which a carrier delivers a trunk's webhooks; `/kind` may be added to it. */
  callback_url(trunk: TrunkSettings): string
  clock: Clock
  /** Hears of what goes wrong with nobody waiting for it. */
  trouble(message: string, cause: unknown): void
}

/** What a carrier's folder gives the registry. */
export interface Adapter {
  open(deps: CarrierDeps): Provider
  /** Of one that can't do without certain settings and a secret: what a trunk of it says. */
  settings?: z.ZodType
  /**
   * Where a trunk's own settings, which have no faults, make this server connect to: `host:port`. Whoever may make trunks could
   * else reach whatever the server reaches, so the installation lists those that it allows.
   */
  addressOf?(settings: Record<string, unknown>): string
  /** Calls a second that it takes from a new account; more would wait in its queue, where no stop reaches them. */
  usual_rate?: number
  /** Calls at once, where a trunk of it can't have as many as others. */
  usual_channels?: number
}

export interface SettingsFault {
  /** Such as `settings.url`. */
  path: string
  message: string
}

/** One provider's carriers: opened per trunk, with whatever they share. */
export interface Provider {
  open(trunk: TrunkSettings): Carrier
  /** Null when its carriers report in another way. */
  webhooks: WebhookReader | null
  /** Goes on with what was under way when the last process ended. */
  resume(): void
  close(): Promise<void>
}

/** A delivery as it came over HTTP, not yet believed. */
export interface Webhook {
  method: string
  /** The public address it was sent to, query included: some carriers sign it. */
  url: string
  /** Which of the provider's callbacks: what the path has after the trunk; empty for the plain one. */
  kind: string
  /** Names in lower case. */
  headers: IncomingHttpHeaders
  /** The address that it came from. */
  source: string
  /** Byte for byte, whatever its content type. */
  body: Buffer
  /** Epoch ms. */
  received_at: number
}

/** How a provider's webhooks are read. `trunk` is the one at whose address they arrived. */
export interface WebhookReader {
  /** Whatever is missing or malformed is a refusal. */
  verify(webhook: Webhook, trunk: TrunkSettings): Verification
  /** Reads what was verified. It may hold no event at all: some callbacks only ask what to do. */
  translate(webhook: Webhook, trunk: TrunkSettings): Translation
  /** Of callbacks whose address names no trunk: whose they say to be, not yet believed; null where they say nothing. */
  senderOf?(webhook: Webhook): Sender | null
  /** Tells the carrier what to say on a call it asks about. */
  speak?(speech: Speech): Promise<WebhookAnswer>
}

export interface Sender {
  /** As the settings of its trunks name it. */
  account: string
  provider_call_id: string
}

/** What the person called is to hear, and to whom they are put through then; the call ends where that is nobody. */
export interface Speech {
  lines: string[]
  /** E.164. */
  put_through: string | null
  caller_id: string | null
}

export type Verification = { ok: true } | { ok: false; reason: string }

/**
 * `asks_speech` names the attempt whose person has answered, where the carrier asks what to say: `speak` then says it.
 * `hints` are all that an unsigned delivery is good for: calls that its carrier is to be asked about.
 */
export type Translation =
  | { ok: true; events: CarrierEvent[]; answer?: WebhookAnswer; asks_speech?: string; hints?: CallHint[] }
  | { ok: false; reason: string }

export interface CallHint {
  provider_call_id: string
  /** The attempt that it says to be; the carrier's own record has to bear that out. */
  attempt_id: string | null
}

/** What the carrier is answered once its events are durable; 204 and nothing where a translation has none. */
export interface WebhookAnswer {
  status: number
  content_type: string
  body: string
}

/**
 * The simulated carrier as a process of its own, for tests that kill the server while the carrier lives on. It
 * listens on loopback only: whoever reaches it can make it post anywhere.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createSystemClock } from '../clock.ts'
import { remember_ms } from './built-in.ts'
import { type CarrierCore, openCarrierCore } from './carrier-core.ts'
import type { Chaos } from './chaos.ts'
import { createDoor } from './http-door.ts'
import type { Script } from './script.ts'
import { createWebhookPost } from './webhook-post.ts'

export interface CarrierProcessOptions {
  /** 0 for any free one. */
  port: number
  /** Folder of the journal; null for a carrier that forgets at its end. */
  folder: string | null
  ledger_path: string | null
  script: Script
  seed: string
  speed: number
  chaos: Chaos
  trouble(message: string, cause: unknown): void
}

export interface CarrierProcess extends Pick<CarrierCore, 'overhear'> {
  url: string
  close(): Promise<void>
}

/** Starts the carrier; the calls and webhooks that its journal still holds go on at once. */
export async function startCarrierProcess(options: CarrierProcessOptions): Promise<CarrierProcess> {
  const { port, folder, ledger_path, script, seed, chaos, trouble } = options
  const post = createWebhookPost()
  const core = openCarrierCore({
    ...{ clock: createSystemClock(), script, seed, chaos, ledger_path, remember_ms, trouble },
    ...{ journal_path: folder === null ? null : join(folder, 'calls.jsonl') },
    ...{ send: post.send, parallel: 8, batch: 50 },
  })
  // A caller may leave a connection idle between two bursts; reusing it must not meet a close.
  const server = createServer({ keepAliveTimeout: 60_000 }, createDoor(core, options.speed))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    overhear: core.overhear,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await post.close()
      await core.close()
    },
  }
}

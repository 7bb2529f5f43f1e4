/**
 * Twilio's REST API and callbacks, emulated over the simulated carrier's far end, for trunks of Twilio accounts without an
 * account, a network or a bill. It listens on loopback only: whoever reaches it can make it post anywhere.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AccountOptions, openTwilioAccount, type TwilioAccount } from './account.ts'
import { createTwilioDoor } from './door.ts'

export interface TwilioEmulator extends Pick<TwilioAccount, 'placed'> {
  url: string
  close(): Promise<void>
}

/** Of the emulator that runs by itself: no account of Twilio's, and nobody's secret. */
export const emulated_account = { sid: `AC${'0'.repeat(32)}`, token: 'emulated' }

/** On a port of 127.0.0.1; 0 for any free one. It forgets at its end. */
export async function startTwilioEmulator({
  port,
  ...options
}: AccountOptions & { port: number }): Promise<TwilioEmulator> {
  const account = openTwilioAccount(options)
  // A caller may leave a connection idle between two bursts; reusing it must not meet a close.
  const server = createServer({ keepAliveTimeout: 60_000 }, createTwilioDoor(options, account))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    placed: account.placed,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await account.close()
    },
  }
}

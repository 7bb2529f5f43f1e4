import { Agent } from 'undici'
import type { Report } from './simulated-call.ts'
import { signature_header, signSimulatedWebhook } from './webhook.ts'

/** Connect 5 s and 15 s in all, as Twilio allows a webhook. */
const connect_ms = 5000
const total_ms = 15_000

/**
 * Posts webhooks, signed with the secret that came with the dial (the address's password); a receiver that does not
 * answer 2xx has not taken the reports.
 */
export function createWebhookPost() {
  const agent = new Agent({ connections: 16, pipelining: 1, connect: { timeout: connect_ms } })
  return {
    /** All reports are for one address and one trunk. */
    async send(reports: Report[]): Promise<void> {
      const [first] = reports
      if (!first) return
      const body = JSON.stringify({ trunk_id: first.trunk_id, events: reports.map((report) => report.event) })
      const target = new URL(first.report_to)
      // Signed anew at each try: a server that was down for long would refuse an old signature.
      const signature = signSimulatedWebhook(body, target.password, Date.now())
      const response = await agent.request({
        ...{ origin: target.origin, path: target.pathname + target.search, method: 'POST' as const, body },
        headers: { 'content-type': 'application/json', [signature_header]: signature },
        signal: AbortSignal.timeout(total_ms),
      })
      await response.body.dump()
      const { statusCode } = response
      if (statusCode < 200 || statusCode > 299) throw new Error(`the receiver answered ${statusCode}`)
    },
    close: () => agent.destroy(),
  }
}

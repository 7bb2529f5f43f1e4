import type { Adapter, CarrierDeps, Provider, WebhookReader } from '../provider.ts'
import { type BuiltInExchange, openBuiltInExchange } from './built-in.ts'
import { openRemoteLine } from './remote.ts'
import { loadScript } from './script.ts'
import { translateSimulatedWebhook, verifySimulatedWebhook } from './webhook.ts'

export const simulated: Adapter = { open: (deps) => openSimulatedCarriers(deps) }

/** All simulated trunks: lines of one exchange in this process, or of one carrier process. */
function openSimulatedCarriers({ sim, sink, callback_url, clock, trouble }: CarrierDeps): Provider {
  const { url, speed, secret } = sim
  const webhooks: WebhookReader = {
    verify: ({ headers, body, received_at }) => verifySimulatedWebhook(headers, body, secret, received_at),
    translate: ({ kind, body }, trunk) =>
      kind === '' ? translateSimulatedWebhook(body, trunk.id) : { ok: false, reason: 'no such callback' },
  }
  if (url !== null) {
    return {
      webhooks,
      open: (trunk) => openRemoteLine(trunk, { url, default_speed: speed, callback_url: callback_url(trunk), secret }),
      resume: () => {},
      close: async () => {},
    }
  }
  const { seed, journal_path, ledger_path } = sim
  // Read at once, so that a faulty script stops the start and not the first call.
  const script = loadScript(sim.script_path)
  let exchange: BuiltInExchange | null = null
  const opened = () => {
    exchange ??= openBuiltInExchange({ clock, script, seed, journal_path, ledger_path, sink, trouble })
    return exchange
  }
  return {
    webhooks,
    open: (trunk) => opened().line(trunk, speed),
    resume() {
      opened()
    },
    close: async () => exchange?.close(),
  }
}

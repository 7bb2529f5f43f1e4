import type { CarrierDeps, Provider } from '../provider.ts'
import { type BuiltInExchange, openBuiltInExchange } from './built-in.ts'
import { openRemoteLine } from './remote.ts'
import { loadScript } from './script.ts'

/** All simulated trunks: lines of one exchange in this process, or of one carrier process. */
export function openSimulatedCarriers({ sim, sink, callback_url, clock, trouble }: CarrierDeps): Provider {
  const { url, speed, secret } = sim
  if (url !== null) {
    return {
      open: (trunk) =>
        openRemoteLine(trunk, { url, default_speed: speed, callback_url: callback_url(trunk.id), secret }),
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
    open: (trunk) => opened().line(trunk, speed),
    resume() {
      opened()
    },
    close: async () => exchange?.close(),
  }
}

import type { CarrierDeps, Provider } from '../provider.ts'
import { openFreeswitchLine } from './carrier.ts'

/** Trunks of PBXs: each has its own event socket. */
export function openFreeswitchCarriers({ sink, clock, trouble }: CarrierDeps): Provider {
  return {
    webhooks: null,
    open: (trunk) => openFreeswitchLine(trunk, { sink, clock, trouble }),
    resume: () => {},
    close: async () => {},
  }
}

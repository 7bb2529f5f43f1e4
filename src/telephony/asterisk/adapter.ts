import type { CarrierDeps, Provider } from '../provider.ts'
import { openAsteriskLine } from './carrier.ts'

/** Trunks of PBXs: each has its own connection, and hears its calls over it. */
export function openAsteriskCarriers({ sink, clock, trouble }: CarrierDeps): Provider {
  return {
    webhooks: null,
    open: (trunk) => openAsteriskLine(trunk, { sink, clock, trouble }),
    resume: () => {},
    close: async () => {},
  }
}

import type { Adapter, CarrierDeps, Provider } from '../provider.ts'
import { verifyUnsigned } from '../unsigned-webhook.ts'
import { openVoipstudioCarrier } from './carrier.ts'
import { findVoipstudioFaults } from './settings.ts'
import { translateVoipstudioWebhook } from './webhook.ts'

const api = 'https://l7api.com'

/** It is said to take a hundred requests a minute, and a call needs some; a trunk is one person's phone. */
export const voipstudio: Adapter = {
  open: openVoipstudioCarriers,
  findFaults: findVoipstudioFaults,
  usual_rate: 0.5,
  usual_channels: 1,
}

/** Trunks of VoIPStudio accounts. `api_urls` may name another address than VoIPStudio's own: an emulator's. */
export function openVoipstudioCarriers({ api_urls, clock }: Pick<CarrierDeps, 'api_urls' | 'clock'>): Provider {
  const url = api_urls.voipstudio ?? api
  return {
    webhooks: { verify: verifyUnsigned, translate: translateVoipstudioWebhook },
    open: (trunk) => openVoipstudioCarrier(trunk, { url, clock }),
    resume: () => {},
    close: async () => {},
  }
}

import type { Adapter, CarrierDeps, Provider } from '../provider.ts'
import { verifyUnsigned } from '../unsigned-webhook.ts'
import { openVoipstudioCarrier } from './carrier.ts'
import { voipstudio_settings } from './settings.ts'
import { translateVoipstudioWebhook } from './webhook.ts'

const api = 'https://l7api.com'

/** One person talks on all calls of a trunk. */
export const voipstudio: Adapter = {
  ...{ open: openVoipstudioCarriers, settings: voipstudio_settings, usual_rate: 0.5, usual_channels: 1 },
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

import type { Adapter, CarrierDeps, Provider } from '../provider.ts'
import { verifyUnsigned } from '../unsigned-webhook.ts'
import { openBolnaCarrier } from './carrier.ts'
import { bolna_settings } from './settings.ts'
import { translateBolnaWebhook } from './webhook.ts'

const api = 'https://api.bolna.ai'

export const bolna: Adapter = { open: openBolnaCarriers, settings: bolna_settings, usual_rate: 8 }

/** Trunks of Bolna accounts. `api_urls` may name another address than Bolna's own: an emulator's. */
export function openBolnaCarriers({ api_urls, clock }: Pick<CarrierDeps, 'api_urls' | 'clock'>): Provider {
  const url = api_urls.bolna ?? api
  return {
    webhooks: { verify: verifyUnsigned, translate: translateBolnaWebhook },
    open: (trunk) => openBolnaCarrier(trunk, { url, clock }),
    resume: () => {},
    close: async () => {},
  }
}

import type { Adapter, CarrierDeps, Provider } from '../provider.ts'
import { openTwilioCarrier } from './carrier.ts'
import { twilio_settings } from './settings.ts'
import { speakTwiml } from './speech.ts'
import { readTwilioSender, translateTwilioWebhook, verifyTwilioWebhook } from './webhook.ts'

const api = 'https://api.twilio.com'

/** New accounts may dial one call a second; more would wait in their queue. */
export const twilio: Adapter = { open: openTwilioCarriers, settings: twilio_settings, usual_rate: 1 }

/** Trunks of Twilio accounts. `api_urls` may name another address than Twilio's own: an emulator's. */
export function openTwilioCarriers({
  api_urls,
  callback_url,
  clock,
}: Pick<CarrierDeps, 'api_urls' | 'callback_url' | 'clock'>): Provider {
  const url = api_urls.twilio ?? api
  return {
    webhooks: {
      verify: verifyTwilioWebhook,
      translate: translateTwilioWebhook,
      senderOf: readTwilioSender,
      speak: speakTwiml,
    },
    open: (trunk) => openTwilioCarrier(trunk, { url, callback_url: callback_url(trunk), clock }),
    resume: () => {},
    close: async () => {},
  }
}

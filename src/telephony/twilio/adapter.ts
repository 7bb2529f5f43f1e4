import type { Provider } from '../provider.ts'
import { speakTwiml } from './speech.ts'
import { readTwilioSender, translateTwilioWebhook, verifyTwilioWebhook } from './webhook.ts'

/** Trunks of Twilio accounts: so far what Twilio tells and asks of calls, opt-outs by text, and no calls of our own. */
export function openTwilioCarriers(): Provider {
  return {
    webhooks: {
      verify: verifyTwilioWebhook,
      translate: translateTwilioWebhook,
      senderOf: readTwilioSender,
      speak: speakTwiml,
    },
    open(trunk) {
      throw new Error(`Trunk ${trunk.id} can not be dialed over`)
    },
    resume: () => {},
    close: async () => {},
  }
}

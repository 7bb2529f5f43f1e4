import type { Adapter } from '#telephony/provider.ts'
import { openParrotLine } from './carrier.ts'
import { parrot_settings } from './settings.ts'
import { parrotWebhooks } from './webhook.ts'

const api = 'https://api.parrot.example'

/** Trunks of accounts at Parrot, a carrier that does not exist. */
export const parrot: Adapter = {
  open: ({ api_urls, callback_url }) => ({
    webhooks: parrotWebhooks,
    open: (trunk) => openParrotLine(trunk, { url: api_urls.parrot ?? api, callback_url: callback_url(trunk) }),
    resume: () => {},
    close: async () => {},
  }),
  settings: parrot_settings,
}

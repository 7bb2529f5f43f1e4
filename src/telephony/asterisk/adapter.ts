import type { Adapter } from '../provider.ts'
import { openAsteriskLine } from './carrier.ts'
import { addressOfPbx, asterisk_settings } from './settings.ts'

/** Trunks of PBXs: each has its own connection, and hears its calls over it. */
export const asterisk: Adapter = {
  open: (deps) => ({
    webhooks: null,
    open: (trunk) => openAsteriskLine(trunk, deps),
    resume: () => {},
    close: async () => {},
  }),
  settings: asterisk_settings,
  addressOf: addressOfPbx,
}

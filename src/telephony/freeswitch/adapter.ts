import type { Adapter } from '../provider.ts'
import { openFreeswitchLine } from './carrier.ts'
import { addressOfPbx, freeswitch_settings } from './settings.ts'

/** Trunks of PBXs: each has an event socket of its own. */
export const freeswitch: Adapter = {
  open: (deps) => ({
    webhooks: null,
    open: (trunk) => openFreeswitchLine(trunk, deps),
    resume: () => {},
    close: async () => {},
  }),
  settings: freeswitch_settings,
  addressOf: addressOfPbx,
}

import type { Adapter } from '../provider.ts'
import { openAsteriskLine } from './carrier.ts'
import { addressOfPbx, findAsteriskFaults } from './settings.ts'

/** Trunks of PBXs: each has its own connection, and hears its calls over it. */
export const asterisk: Adapter = {
  open: (deps) => ({
    webhooks: null,
    open: (trunk) => openAsteriskLine(trunk, deps),
    resume: () => {},
    close: async () => {},
  }),
  findFaults: findAsteriskFaults,
  addressOf: addressOfPbx,
}

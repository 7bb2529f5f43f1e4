/** Runs the simulated carrier as a process of its own; docs/guides/simulated-carrier.md explains it. */
import { createSystemClock } from '#telephony/clock.ts'
import { startBolnaEmulator } from '#telephony/simulator/bolna/process.ts'
import { carrier_usage, readCarrierFlags } from '#telephony/simulator/flags.ts'
import { startCarrierProcess } from '#telephony/simulator/process.ts'
import { emulated_account, startTwilioEmulator } from '#telephony/simulator/twilio/process.ts'
import { startVoipstudioEmulator } from '#telephony/simulator/voipstudio/process.ts'

const reading = readCarrierFlags(process.argv.slice(2))
if (!reading.ok) {
  console.error(`${reading.faults.join('\n')}\n\n${carrier_usage}`)
  process.exit(2)
}
const trouble = (message: string, cause: unknown) => console.error(message, cause)
/** Nobody's. */
const api_key = 'emulated'
const user_id = '10001'

async function start({ as, ...given }: Extract<typeof reading, { ok: true }>['options']) {
  const options = { ...given, trouble, clock: createSystemClock() }
  if (as === 'twilio') {
    console.log(`account ${emulated_account.sid}, auth token ${emulated_account.token}`)
    return startTwilioEmulator({ ...options, ...emulated_account })
  }
  if (as === 'bolna') {
    console.log(`API key ${api_key}, any agent`)
    return startBolnaEmulator({ ...options, api_key, wallet: 10 })
  }
  if (as === 'voipstudio') {
    console.log(`API key ${api_key}, user ${user_id}`)
    return startVoipstudioEmulator({ ...options, api_key, users: { [user_id]: 'online' } })
  }
  return startCarrierProcess({ ...given, trouble })
}
const carrier = await start(reading.options)
console.log(`carrier ready ${carrier.url}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => carrier.close().then(() => process.exit(0)))
}

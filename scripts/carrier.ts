/** Runs the simulated carrier as a process of its own; docs/guides/simulated-carrier.md explains it. */
import { createSystemClock } from '#telephony/clock.ts'
import { carrier_usage, readCarrierFlags } from '#telephony/simulator/flags.ts'
import { startCarrierProcess } from '#telephony/simulator/process.ts'
import { emulated_account, startTwilioEmulator } from '#telephony/simulator/twilio/process.ts'

const reading = readCarrierFlags(process.argv.slice(2))
if (!reading.ok) {
  console.error(`${reading.faults.join('\n')}\n\n${carrier_usage}`)
  process.exit(2)
}
const trouble = (message: string, cause: unknown) => console.error(message, cause)
const { twilio, ...options } = reading.options
const carrier = twilio
  ? await startTwilioEmulator({ ...options, ...twilio, ...emulated_account, clock: createSystemClock(), trouble })
  : await startCarrierProcess({ ...options, trouble })
if (twilio) console.log(`account ${emulated_account.sid}, auth token ${emulated_account.token}`)
console.log(`carrier ready ${carrier.url}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => carrier.close().then(() => process.exit(0)))
}

import { parseArgs } from 'node:util'
import { no_chaos, parseChaos } from './chaos.ts'
import type { CarrierProcessOptions } from './process.ts'
import { loadScript } from './script.ts'

export const carrier_usage = `npm run carrier -- [flags]

  --port N        port on 127.0.0.1 (default: any free one)
  --data DIR      folder for what must survive a restart (default: none, it forgets)
  --ledger FILE   a line for every dial that reached the carrier; their ends go to FILE.ends
  --script FILE   what each number does
  --seed TEXT     same seed, same calls (default: 1)
  --speed N       how much faster than real time (default: 1); a dial may ask for another
  --chaos LIST    shares of reports to disturb, e.g. doubles=0.1,reorders=0.1,delays=0.1
  --as NAME       speaks as the API and webhooks of twilio, bolna or voipstudio do; it forgets at its end
  --cps N         as twilio: calls a second that leave its queue (default: 1)
  --webhook URL   as bolna or voipstudio: where webhooks go (default: nowhere)
  --twilio        the same as --as twilio`

const emulated = ['twilio', 'bolna', 'voipstudio'] as const

type Options = Omit<CarrierProcessOptions, 'trouble'> & {
  /** Whose account is emulated; null for the simulated carrier as it is. */
  as: (typeof emulated)[number] | null
  calls_per_second: number
  webhook_url: string | null
}

/** Reads the command line; all faults are answered together. */
export function readCarrierFlags(argv: string[]): { ok: true; options: Options } | { ok: false; faults: string[] } {
  const text = { type: 'string' } as const
  const names = {
    port: text,
    data: text,
    ledger: text,
    script: text,
    seed: text,
    speed: text,
    chaos: text,
    cps: text,
    as: text,
    webhook: text,
    twilio: { type: 'boolean' } as const,
  }
  const faults: string[] = []
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      faults.push((error as Error).message)
      return undefined
    }
  }
  const flags = attempt(() => parseArgs({ args: argv, options: names }).values) ?? {}
  const port = Number(flags.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push(`--port ${flags.port} is no port`)
  const speed = Number(flags.speed ?? 1)
  if (!(speed > 0 && Number.isFinite(speed))) faults.push(`--speed ${flags.speed} is no positive number`)
  const calls_per_second = Number(flags.cps ?? 1)
  if (!(calls_per_second > 0 && Number.isFinite(calls_per_second)))
    faults.push(`--cps ${flags.cps} is no positive number`)
  const named = flags.as ?? (flags.twilio ? 'twilio' : null)
  const as = emulated.find((name) => name === named) ?? null
  if (named !== null && as === null) faults.push(`--as ${named} is none of ${emulated.join(', ')}`)
  if (flags.cps !== undefined && as !== 'twilio') faults.push('--cps goes with --as twilio')
  if (flags.data !== undefined && as !== null) faults.push('--data does not go with --as, which forgets at its end')
  const { webhook: webhook_url = null } = flags
  if (webhook_url !== null && (as === null || as === 'twilio'))
    faults.push('--webhook goes with --as bolna or voipstudio')
  if (webhook_url !== null && !URL.canParse(webhook_url)) faults.push(`--webhook ${webhook_url} is no address`)
  const chaos = parseChaos(flags.chaos ?? '')
  if (!chaos.ok) faults.push(...chaos.faults.map((fault) => `--chaos: ${fault}`))
  const script = attempt(() => loadScript(flags.script ?? null))
  if (faults.length > 0 || !script) return { ok: false, faults }
  const options = {
    ...{ port, folder: flags.data ?? null, ledger_path: flags.ledger ?? null, script, seed: flags.seed ?? '1' },
    ...{ speed, chaos: chaos.ok ? chaos.chaos : no_chaos, as, calls_per_second, webhook_url },
  }
  return { ok: true, options }
}

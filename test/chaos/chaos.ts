/**
 * `npm run chaos`: calls a long list while the dialers, the database and the carrier are killed, prints what was promised
 * and what held, and fails if any promise was broken. The last line is JSON.
 */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runChaos } from './run-chaos.ts'
import { type ChaosSettings, fullRun } from './settings.ts'

const flags: Record<string, Exclude<keyof ChaosSettings, 'seed'>> = {
  attempts: 'attempts',
  dialers: 'dialers',
  kills: 'dialer_kills',
  pauses: 'dialer_pauses',
  'postgres-restarts': 'postgres_restarts',
  'carrier-kills': 'carrier_kills',
  'clock-jumps': 'clock_jumps',
  deaths: 'deaths_at_each_point',
  channels: 'channels',
  speed: 'speed',
}

function readSettings(argv: string[]): ChaosSettings {
  const options = Object.fromEntries([...Object.keys(flags), 'seed'].map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ args: argv, options })
  const settings = { ...fullRun, seed: String(values.seed ?? fullRun.seed) }
  for (const [flag, setting] of Object.entries(flags)) {
    const given = values[flag]
    if (given === undefined) continue
    if (typeof given !== 'string' || !/^\d{1,7}$/.test(given)) throw new Error(`--${flag} must be a whole number`)
    settings[setting] = Number(given)
  }
  return settings
}

const settings = readSettings(process.argv.slice(2))
const { bars, faults, figures, folder } = await runChaos(settings, (line) => console.log(line))
const held = bars.every(({ broken }) => broken === 0)

console.table({ ...faults, ...figures })
for (const { name, broken, example } of bars) {
  console.log(`${broken === 0 ? '✔' : '✖'} ${name}: ${broken}${example === null ? '' : ` (${example})`}`)
}
if (held) rmSync(folder, { recursive: true })
else console.log(`everything of this run is kept in ${folder}`)
const broken = Object.fromEntries(bars.map(({ name, broken }) => [name.replaceAll(' ', '_'), broken]))
console.log(JSON.stringify({ chaos: { ...settings, ...faults, ...figures, broken } }))
process.exit(held ? 0 : 1)

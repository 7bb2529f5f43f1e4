/**
 * `npm run bench -- every`: each bench in a small size, where it has to be right, not fast: it sets itself up, ends with its
 * figures and finds no fault. Ends with 1 and names those that did not.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const benches: { name: string; flags: string[] }[] = [
  { name: 'verdict', flags: ['--verdicts', '20000'] },
  { name: 'claim', flags: ['--leads', '500', '--seconds', '0.4', '--jobs', '100'] },
  { name: 'foresee', flags: ['--leads', '2000'] },
  { name: 'forecast', flags: ['--days', '2', '--mode', 'power'] },
  { name: 'import', flags: ['--rows', '2000'] },
  { name: 'suppressions', flags: ['--numbers', '20000', '--look-ups', '200'] },
  { name: 'events', flags: ['--calls', '200'] },
  { name: 'api', flags: ['--seconds', '1'] },
  { name: 'floor', flags: ['--board-agents', '20', '--matched-agents', '20', '--moves', '40', '--takes', '100'] },
  { name: 'slot', flags: ['--calls', '10', '--warm-up', '5', '--slots', '5', '--one'] },
  { name: 'shift', flags: ['--agents', '4', '--hours', '0.1'] },
  { name: 'shift', flags: ['--agents', '4', '--hours', '0.1', '--mode', 'predictive'] },
  { name: 'start', flags: ['--runs', '1'] },
  { name: 'pacing', flags: ['--agents', '3', '--scenarios', 'high', '--seeds', '2', '--against', 'power3,adaptive'] },
  { name: 'odds', flags: ['--shifts', '2', '--largest', '10'] },
  { name: 'search', flags: ['--calls', '5000', '--rounds', '2'] },
  { name: 'memory', flags: ['--settle-ms', '500'] },
]

interface Told {
  bench: string
  figures: Record<string, number>
}

/** What is wrong with a run; null where nothing is. */
async function findFault(name: string, flags: string[]): Promise<string | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...flags])
  let said = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) return `it ended with ${code}: ${complained}`
  const { bench, figures }: Told = JSON.parse(said.trimEnd().split('\n').at(-1) ?? '')
  if (bench !== name || Object.keys(figures).length === 0) return 'it has no figures'
  if ((figures['cap breaches'] ?? 0) !== 0) return `${figures['cap breaches']} caps were breached`
  const odd = Object.entries(figures).find(([, value]) => !Number.isFinite(value))
  return odd ? `${odd[0]} is ${odd[1]}` : null
}

const faulty: string[] = []
for (const { name, flags } of benches) {
  const began = performance.now()
  const fault = await findFault(name, flags).catch((error: Error) => error.message)
  const what = [name, ...flags].join(' ')
  console.log(`${fault === null ? 'right' : 'WRONG'}  ${what}  ${Math.round((performance.now() - began) / 100) / 10} s`)
  if (fault === null) continue
  faulty.push(what)
  console.error(fault)
}
console.log(`${benches.length - faulty.length} of ${benches.length} benches are right`)
process.exit(faulty.length === 0 ? 0 : 1)

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Chance, createChance } from './chance.ts'

/** What the far end, or the carrier itself, can do with an attempt; ./plan.ts has the table of what follows. */
export const deeds = [
  'answers',
  'answers-then-hangs-up',
  'machine',
  'busy',
  'rings-out',
  'rejects',
  'invalid-number',
  'congestion',
  'never-reports-its-end',
  'reports-twice',
  'reports-out-of-order',
  'accepts-then-answers-500',
  'accepts-then-hangs',
] as const
export type Deed = (typeof deeds)[number]

const seconds = z.number().min(0).max(86_400).optional()
const behaviour = z.strictObject({
  do: z.enum(deeds),
  setup_s: seconds,
  ring_s: seconds,
  talk_s: seconds,
  /** Of a machine. */
  greeting_s: seconds,
  /** How long after an event its report leaves the carrier. */
  report_delay_s: seconds,
})
/** What an agent's line can do; how it is reported is the same for all. */
const agent_behaviour = behaviour.extend({
  do: z.enum([
    'answers',
    'answers-then-hangs-up',
    'busy',
    'rings-out',
    'rejects',
    'accepts-then-answers-500',
    'accepts-then-hangs',
  ]),
})
const weighted = behaviour.extend({ weight: z.number().positive() })

export type Behaviour = z.infer<typeof behaviour>
export type WeightedBehaviour = z.infer<typeof weighted>

export interface Script {
  /** One behaviour per attempt on that number, the last one for all later ones. */
  numbers: Map<string, Behaviour[]>
  /** The same for agents' addresses; every other agent answers and stays. */
  agents: Map<string, Behaviour[]>
  /** For every other number. */
  otherwise: WeightedBehaviour[]
}

/** Shares of a cold list: 35 % people, 25 % machines, 8 % busy, 7 % that fail, the rest ring out. */
const ordinary_list: WeightedBehaviour[] = [
  { do: 'answers', weight: 33 },
  { do: 'answers-then-hangs-up', weight: 2 },
  { do: 'machine', weight: 25 },
  { do: 'rings-out', weight: 25 },
  { do: 'busy', weight: 8 },
  { do: 'invalid-number', weight: 4 },
  { do: 'congestion', weight: 3 },
]

export const ordinary_script: Script = { numbers: new Map(), agents: new Map(), otherwise: ordinary_list }

export type ScriptReading = { ok: true; script: Script } | { ok: false; faults: string[] }

/** Reads a script's JSON; a faulty one is answered with every fault at once, each naming its place. */
export function parseScript(text: string): ScriptReading {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ok: false, faults: [`not JSON: ${(error as Error).message}`] }
  }
  const sheet = z.record(z.string(), z.unknown()).safeParse(json)
  if (!sheet.success) return { ok: false, faults: ['must be an object of numbers, each with its list of behaviours'] }

  const script: Script = { numbers: new Map(), agents: new Map(), otherwise: ordinary_list }
  const faults: string[] = []
  const accept = <T>(name: string, schema: z.ZodType<T>, value: unknown, keep: (list: T) => void) => {
    const result = schema.safeParse(value)
    if (result.success) keep(result.data)
    else for (const issue of result.error.issues) faults.push(`${[name, ...issue.path].join('.')}: ${issue.message}`)
  }
  for (const [name, value] of Object.entries(sheet.data)) {
    if (name === 'default') {
      accept(name, z.array(weighted).min(1), value, (list) => {
        script.otherwise = list
      })
      continue
    }
    if (name === 'agents') {
      const lists = z.record(z.string().max(200), z.array(agent_behaviour).min(1))
      accept(name, lists, value, (agents) => {
        script.agents = new Map(Object.entries(agents))
      })
      continue
    }
    // E.164 allows 15 digits; the shortest numbers in use have 7 with the country code.
    if (!/^\+[1-9]\d{6,14}$/.test(name))
      faults.push(`${name}: neither "default", "agents" nor a number like +12125550100`)
    accept(name, z.array(behaviour).min(1), value, (list) => script.numbers.set(name, list))
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, script }
}

/** Reads a script file; without a path, the ordinary list. A script that can't be used stops the start. */
export function loadScript(path: string | null): Script {
  if (path === null) return ordinary_script
  const reading = parseScript(readFileSync(path, 'utf8'))
  if (reading.ok) return reading.script
  throw new Error(`The simulated carrier's script ${path} has faults:\n  ${reading.faults.join('\n  ')}`)
}

/** What this number does the `nth` time (from 0) it is dialed, and the chance that fills in the rest. */
export function castAttempt(script: Script, seed: string, number: string, nth: number): [Behaviour, Chance] {
  const chance = createChance(`${seed}|${number}|${nth}`)
  const behaviour = findScripted(script.numbers, number, nth)
  return [behaviour ?? pickByWeight(script.otherwise, chance.uniform('behaviour')), chance]
}

/** What the script says of this number or address for the `nth` time (from 0); undefined when it says nothing. */
export function findScripted(lists: Map<string, Behaviour[]>, name: string, nth: number): Behaviour | undefined {
  const list = lists.get(name)
  return list?.[Math.min(nth, list.length - 1)]
}

function pickByWeight(list: WeightedBehaviour[], uniform: number): Behaviour {
  const total = list.reduce((sum, entry) => sum + entry.weight, 0)
  let left = uniform * total
  for (const entry of list) {
    left -= entry.weight
    if (left < 0) return entry
  }
  return list.at(-1) as Behaviour
}

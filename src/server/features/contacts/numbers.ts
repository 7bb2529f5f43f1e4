import { type NumberRules, readNumber } from '#domain/phone-number.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { ValueFault } from '../../http/problems.ts'

/** How the workspace reads numbers. */
export async function rulesOf(tx: Tx, workspaceId: string): Promise<NumberRules> {
  const workspace = await readWorkspace(tx, workspaceId)
  if (!workspace) throw new Error('the caller has no workspace')
  return { country: workspace.country, drop_prefixes: workspace.number_rules.drop_prefixes }
}

/** One number as a request wrote it, or what is wrong with it. */
export function readPhone(
  text: string,
  rules: NumberRules,
  path: string,
): { number: string; extension: string | null } | ValueFault {
  const reading = readNumber(text, rules)
  if (reading.ok) return { number: reading.number, extension: reading.extension }
  return { path, message: `found ${reading.found}; expected ${reading.expected}` }
}

interface Names {
  full_name?: string
  first_name?: string
  last_name?: string
}

/** A full name splits at its last space; a first and a last one join with a space. */
export function splitName<Person extends Names>(person: Person): Person & Names {
  const { full_name, first_name, last_name } = person
  if (full_name !== undefined && first_name === undefined && last_name === undefined) {
    const space = full_name.lastIndexOf(' ')
    if (space < 0) return { ...person, first_name: full_name, last_name: '' }
    return { ...person, first_name: full_name.slice(0, space), last_name: full_name.slice(space + 1) }
  }
  if (full_name !== undefined || (first_name === undefined && last_name === undefined)) return person
  return { ...person, full_name: [first_name, last_name].filter(Boolean).join(' ') }
}

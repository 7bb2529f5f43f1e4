import type { RefusalForm } from '../../http/errors.ts'
import { problems, type Refusal, type ValueFault } from '../../http/problems.ts'

/** What fields of the model are called here. */
export type FieldNames = Readonly<Record<string, string>>

/**
 * What is wrong with values goes by their fields, each with its messages; any other refusal is one sentence. That a value
 * is taken already is a fault of the value.
 */
export const telecardRefusals: RefusalForm = (refusal) => {
  const type = 'application/json; charset=utf-8'
  const { status } = problems[refusal.refused]
  const faults = faultsOf(refusal)
  if (faults.length === 0) return { status, type, body: { error: refusal.detail } }
  const body: Record<string, string[]> = {}
  for (const { path, message } of faults) {
    const field = path.split('.')[0] || 'non_field_errors'
    body[field] = [...(body[field] ?? []), message]
  }
  return { status: 400, type, body }
}

/** The refusal of a service, with its fields called as the client calls them. */
export function renameFields(refusal: Refusal, names: FieldNames): Refusal {
  const errors = faultsOf(refusal).map(({ path, message }) => {
    const field = path.split('.')[0] as string
    return { path: names[field] ?? path, message }
  })
  return errors.length === 0 ? refusal : { ...refusal, members: { ...refusal.members, errors } }
}

function faultsOf({ members }: Refusal): ValueFault[] {
  return Array.isArray(members.errors) ? (members.errors as ValueFault[]) : []
}

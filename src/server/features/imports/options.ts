import { hasPlan } from '#domain/phone-number-plan.ts'
import { type ImportOptions, importOptionsSchema } from '#intake/import-options.ts'
import { isRefusal, type Refusal, refuseValues, type ValueFault } from '../../http/problems.ts'
import { numberUploadFields, type UploadFields, uploadFields } from './schema.ts'

/** Options that are no plain text: written as JSON. */
const asJson = ['mapping', 'number_rules', 'attempts', 'header', 'overwrite'] as const
const asText = ['delimiter', 'encoding', 'country', 'consent_basis', 'date_order'] as const

export interface UploadRequest {
  campaign_id: string | null
  file_name: string | null
  consent_text: string | null
  options: ImportOptions
}

/** Reads what came with a file; every fault is named by its field. */
export function readUploadRequest(fields: Record<string, string>): UploadRequest | Refusal {
  const known = uploadFields.safeParse(fields)
  if (!known.success) return refuseValues(known.error.issues.map(toFault))
  const faults: ValueFault[] = []
  const given = collectOptions(known.data, faults)
  const options = importOptionsSchema.safeParse(given)
  if (!options.success) faults.push(...options.error.issues.map(toFault))
  if (faults.length > 0 || !options.success) return refuseValues(faults)
  const { campaign_id = null, file_name = null, consent_text = null } = known.data
  return { campaign_id, file_name, consent_text, options: options.data }
}

/** What may come with a file of numbers: how to read it, and nothing of people. */
export function readNumberUpload(
  fields: Record<string, string>,
): Pick<UploadRequest, 'file_name' | 'options'> | Refusal {
  const known = numberUploadFields.safeParse(fields)
  if (!known.success) return refuseValues(known.error.issues.map(toFault))
  const read = readUploadRequest(fields)
  if (isRefusal(read)) return read
  const { file_name, options } = read
  if (options.country === undefined || hasPlan(options.country)) return { file_name, options }
  return refuseValues([{ path: 'country', message: 'has no numbering plan' }])
}

function collectOptions(fields: UploadFields, faults: ValueFault[]): Record<string, unknown> {
  const whole = fields.options === undefined ? {} : readJson('options', fields.options, faults)
  const given: Record<string, unknown> = typeof whole === 'object' && whole !== null ? { ...whole } : {}
  for (const name of asText) if (fields[name] !== undefined) given[name] = fields[name]
  for (const name of asJson) if (fields[name] !== undefined) given[name] = readJson(name, fields[name], faults)
  if (typeof given.country === 'string') given.country = given.country.toUpperCase()
  return given
}

function readJson(path: string, text: string, faults: ValueFault[]): unknown {
  try {
    return JSON.parse(text)
  } catch {
    faults.push({ path, message: 'is not JSON' })
    return undefined
  }
}

function toFault({ path, message }: { path: PropertyKey[]; message: string }): ValueFault {
  return { path: path.join('.'), message }
}

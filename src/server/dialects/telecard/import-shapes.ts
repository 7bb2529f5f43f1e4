import type { Layout } from '#intake/layout.ts'
import type { ImportError } from '#store/imports.ts'
import type { ImportOfCampaign } from '#store/numbered-imports.ts'
import { percent } from '../percent.ts'
import { showDigits, showTime, showTimeOrNull } from './words.ts'

/** The model's reasons in the old system's sentences; for others, what was found and what was expected. */
const sentences: Record<string, string> = {
  invalid_number: 'Invalid phone number format',
  no_number: 'Phone number is missing',
  duplicate_in_campaign: 'Duplicate phone number in campaign',
  suppressed: 'Phone number is on a do not call list',
}
/** Of rows whose number could be read: it is named as it was read, not as it was written. */
const read = ['duplicate_in_campaign', 'duplicate_contact', 'suppressed']

function countsOf(job: ImportOfCampaign) {
  return {
    total_rows: job.total_rows,
    successful_imports: job.imported_rows,
    failed_imports: job.invalid_rows,
    skipped_rows: job.duplicate_rows + job.suppressed_rows,
  }
}

function summaryOf(job: ImportOfCampaign): string {
  const { total_rows, successful_imports, failed_imports, skipped_rows } = countsOf(job)
  return `Processed ${total_rows} rows. Successful: ${successful_imports}, Failed: ${failed_imports}, Skipped: ${skipped_rows}`
}

/** The answer to an upload. */
export function showUpload(job: ImportOfCampaign, campaign_id: string, errors: ImportError[]) {
  return {
    import_id: job.id,
    campaign_id,
    filename: job.file_name,
    status: job.result,
    ...countsOf(job),
    success_rate: percent(job.imported_rows, job.total_rows),
    errors: showErrors(job, errors),
    summary: summaryOf(job),
  }
}

export function showLog(job: ImportOfCampaign, errors: ImportError[]) {
  return {
    id: job.number,
    import_id: job.id,
    filename: job.file_name,
    file_size_bytes: job.file_size_bytes,
    campaign: job.campaign_number,
    status: job.result,
    started_at: showTimeOrNull(job.started_at),
    completed_at: showTimeOrNull(job.completed_at),
    ...countsOf(job),
    error_log: showErrors(job, errors),
    summary: summaryOf(job),
    created_at: showTime(job.created_at),
  }
}

function showErrors({ layout }: ImportOfCampaign, errors: ImportError[]) {
  const phone = (layout as unknown as Layout | null)?.columns.findIndex(({ role }) => role === 'phone') ?? -1
  return errors.map(({ row, reason, found, expected, cells }) => ({
    row,
    number: read.includes(reason) ? showDigits(found) : (cells?.[phone]?.trim() ?? ''),
    error: sentences[reason] ?? `Found ${found}; expected ${expected}`,
  }))
}

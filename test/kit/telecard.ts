import type { Answer, App } from './app.ts'

/** Uploads a file as the older client does: its parts in this order, the file where `csv_file` stands or at the end. */
export function uploadLeads(
  app: App,
  fields: Record<string, string | null>,
  file: string | Blob,
  sent: { key?: string; headers?: Record<string, string>; file_name?: string } = {},
): Promise<Answer> {
  const form = new FormData()
  const blob = typeof file === 'string' ? new Blob([file], { type: 'text/csv' }) : file
  const { file_name = 'leads.csv', ...rest } = sent
  for (const [name, value] of Object.entries({ ...fields, ...('csv_file' in fields ? {} : { csv_file: null }) })) {
    if (value === null) form.append(name, blob, file_name)
    else form.append(name, value)
  }
  return app.ask('POST', '/api/dialer/csv-upload/upload/', { ...rest, body: form })
}

import type { OutdialOptions } from './client.ts'
import type { components } from './schema.d.ts'

export type ImportJob = components['schemas']['Import']
export type ImportPreview = components['schemas']['ImportPreview']
export type Problem = components['schemas']['Problem']

export type SuppressionList = components['schemas']['SuppressionList']

type Uploaded<Data> = Promise<{ data?: Data; error?: Problem }>

/**
 * Uploads a file of people. `options` are the form fields of POST /api/v1/imports: campaign_id, consent_basis, country,
 * mapping (JSON) and the rest. The answer comes once the upload is taken; the import itself goes on. Sent again under the
 * same `key`, such as after a lost answer, it is the same import.
 */
export function uploadImport(
  server: OutdialOptions,
  file: Blob,
  fileName: string,
  options: Record<string, string>,
  key?: string,
): Uploaded<ImportJob> {
  return upload(server, '/api/v1/imports', file, fileName, options, key)
}

/** What importing the file would do; nothing of it stays. */
export function previewImport(
  server: OutdialOptions,
  file: Blob,
  fileName: string,
  options: Record<string, string>,
): Uploaded<ImportPreview> {
  return upload(server, '/api/v1/imports/preview', file, fileName, options)
}

/** Uploads a file of numbers not to call into a list; `options` are country, mapping (JSON) and their like. */
export function uploadNumbers(
  server: OutdialOptions,
  listId: string,
  file: Blob,
  fileName: string,
  options: Record<string, string>,
): Uploaded<SuppressionList> {
  return upload(server, `/api/v1/suppression-lists/${encodeURIComponent(listId)}/upload`, file, fileName, options)
}

async function upload<Data>(
  { url, api_key }: OutdialOptions,
  path: string,
  file: Blob,
  fileName: string,
  options: Record<string, string>,
  key?: string,
): Uploaded<Data> {
  const form = new FormData()
  for (const [name, value] of Object.entries(options)) form.append(name, value)
  form.append('file', file, fileName)
  const headers = {
    ...(api_key !== undefined && { authorization: `Bearer ${api_key}` }),
    ...(key !== undefined && { 'idempotency-key': key }),
  }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: form })
  const body: unknown = await response.json()
  return response.ok ? { data: body as Data } : { error: body as Problem }
}

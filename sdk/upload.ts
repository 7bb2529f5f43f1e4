import type { OutdialOptions } from './client.ts'
import type { components } from './schema.d.ts'

export type ImportJob = components['schemas']['Import']
export type Problem = components['schemas']['Problem']

/**
 * Uploads a file of people. `options` are the form fields of POST /api/v1/imports: campaign_id, consent_basis, country,
 * mapping (JSON) and the rest. The answer comes once the upload is taken; the import itself goes on.
 */
export async function uploadImport(
  { url, api_key }: OutdialOptions,
  file: Blob,
  fileName: string,
  options: Record<string, string>,
): Promise<{ data?: ImportJob; error?: Problem }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(options)) form.append(name, value)
  form.append('file', file, fileName)
  const headers = api_key === undefined ? {} : { authorization: `Bearer ${api_key}` }
  const response = await fetch(`${url}/api/v1/imports`, { method: 'POST', headers, body: form })
  const body: unknown = await response.json()
  return response.ok ? { data: body as ImportJob } : { error: body as Problem }
}

import { previewImport, uploadImport } from '@outdial/sdk/upload'
import { queryOptions } from '@tanstack/react-query'
import { api, Refused, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type ImportJob = Schemas['Import']
export type ImportPreview = Schemas['ImportPreview']
export type ImportCause = Schemas['ImportCauses']['data'][number]

/** How a file is to be read; what is not said is found out. */
export interface ImportOptions {
  /** Column to what it is. */
  mapping?: Record<string, string>
  overwrite?: boolean
  consent_basis?: string | undefined
}

/** A file and where its people go; without a campaign they become contacts alone. */
export interface Upload {
  file: Blob
  name: string
  campaign_id: string | undefined
  options: ImportOptions
}

export const importsQuery = (campaign_id: string) =>
  queryOptions({
    queryKey: ['imports', 'of', campaign_id],
    queryFn: () => take(api.GET('/api/v1/imports', { params: { query: { campaign_id, limit: 20 } } })),
  })

/** The last ones, to choose among and to remember by. */
export const recentImportsQuery = queryOptions({
  queryKey: ['imports', 'recent'],
  queryFn: () => take(api.GET('/api/v1/imports', { params: { query: { limit: 100 } } })),
})

export const allImportsQuery = pagesOf(['imports', 'all'], (page) =>
  take(api.GET('/api/v1/imports', { params: { query: page } })),
)

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => take(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
  })

export const causesQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', 'causes', id],
    queryFn: () => take(api.GET('/api/v1/imports/{id}/causes', { params: { path: { id } } })),
  })

/** The upload; resolves once the server has the whole file, and goes on reading it then. Under the same key it is the same import. */
export async function beginImport({ file, name, ...rest }: Upload, key: string): Promise<ImportJob> {
  const begun = await takeUpload(uploadImport({ url: location.origin }, file, name, fieldsOf(rest), key))
  await queries.invalidateQueries({ queryKey: ['imports'] })
  return begun
}

/** What it would do. */
export function askPreview({ file, name, ...rest }: Upload): Promise<ImportPreview> {
  return takeUpload(previewImport({ url: location.origin }, file, name, fieldsOf(rest)))
}

const fieldsOf = ({ campaign_id, options }: Pick<Upload, 'campaign_id' | 'options'>): Record<string, string> => ({
  ...(campaign_id !== undefined && { campaign_id }),
  options: JSON.stringify(options),
})

async function takeUpload<Data>(asked: Promise<{ data?: Data; error?: Schemas['Problem'] }>): Promise<Data> {
  const sent = await asked.catch(() => {
    throw new Refused(null)
  })
  if (sent.data === undefined) throw new Refused(sent.error ?? null)
  return sent.data
}

export async function cancelImport(id: string): Promise<ImportJob> {
  return refresh(await take(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } })))
}

/** Takes back everybody it brought, as long as nobody was called. */
export async function undoImport(id: string): Promise<Schemas['ImportUndone']> {
  return refresh(await take(api.POST('/api/v1/imports/{id}/undo', { params: { path: { id } } })))
}

async function refresh<Done>(done: Done): Promise<Done> {
  for (const noun of ['imports', 'contacts', 'leads']) await queries.invalidateQueries({ queryKey: [noun] })
  return done
}

/** Where the refused rows of an import can be had, to mend and import again. */
export const refusedRowsAt = (id: string): string => `/api/v1/imports/${id}/refused.csv`

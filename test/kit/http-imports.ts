import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, App } from './app.ts'

/** Uploads a file as a form and gives the import once it is over. */
export async function importOver(
  app: App,
  file: string,
  fields: Record<string, string> = {},
  fileName = 'list.csv',
): Promise<Answer['body']> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([file], { type: 'text/csv' }), fileName)
  return awaitImport(app, await app.ask('POST', '/api/v1/imports', { body: form }))
}

/** Asks after an import that was begun until it is over. */
export async function awaitImport(app: App, begun: Answer): Promise<Answer['body']> {
  assert.equal(begun.status, 202, begun.text)
  const location = begun.headers.get('location') ?? ''
  for (;;) {
    const { body } = await app.ask('GET', location)
    if (body.status !== 'pending' && body.status !== 'processing') return body
    await wait(20)
  }
}

/** A form with the file first, or last. */
export function formOf(csv: string, fields: Record<string, string>, fileFirst = true): FormData {
  const form = new FormData()
  const file = () => form.append('file', new Blob([csv], { type: 'text/csv' }), 'people.csv')
  if (fileFirst) file()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  if (!fileFirst) file()
  return form
}

/** Lists of numbers not to call, made and filled over HTTP. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, App } from './app.ts'

/** Makes a list of the workspace unless `list` says otherwise; gives its id. */
export async function makeList(app: App, list: object = {}): Promise<string> {
  const body = { name: 'Blocked', source: 'a test', scope: 'workspace', ...list }
  const made = await app.ask('POST', '/api/v1/suppression-lists', { body })
  assert.equal(made.status, 201, made.text)
  return made.body.id
}

export async function upload(app: App, id: string, file: string, query = ''): Promise<Answer> {
  const sent = { body: file, headers: { 'content-type': 'text/csv' } }
  const begun = await app.ask('POST', `/api/v1/suppression-lists/${id}/upload${query}`, sent)
  assert.equal(begun.status, 202, begun.text)
  assert.equal(begun.headers.get('location'), `/api/v1/suppression-lists/${id}`)
  return begun
}

/** Waits until nothing is left to do for a list: its file is read, leads are judged, former numbers are gone. */
export async function settled(app: App, id: string): Promise<Answer['body']> {
  for (;;) {
    const { rows } = await app.db.owner.query(
      `select from suppression_lists where id = $1 and status <> 'importing' and judged_to is null and discards = '{}'`,
      [id],
    )
    if (rows.length > 0) return (await app.ask('GET', `/api/v1/suppression-lists/${id}`)).body
    await wait(20)
  }
}

export async function fill(app: App, id: string, numbers: string[]): Promise<Answer['body']> {
  await upload(app, id, `${numbers.join('\n')}\n`)
  return settled(app, id)
}

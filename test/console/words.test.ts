import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

type Words = { [key: string]: string | Words }

const folder = (language: string) => new URL(`../../console/words/${language}/`, import.meta.url)
const filesOf = (language: string) => readdirSync(folder(language)).filter((name) => name.endsWith('.json'))
const read = (language: string): Words =>
  Object.fromEntries(
    filesOf(language).map((name) => [name, JSON.parse(readFileSync(new URL(name, folder(language)), 'utf8')) as Words]),
  )
const flatten = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  )
const gapsOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe('the words of the console', () => {
  const english = flatten(read('en'))

  it('are there in every language, with the same gaps', () => {
    const urdu = new Map(flatten(read('ur')))
    assert.ok(english.length > 200)
    assert.deepEqual([...urdu.keys()].sort(), english.map(([key]) => key).sort())
    for (const [key, text] of english) assert.deepEqual(gapsOf(urdu.get(key) ?? ''), gapsOf(text), key)
  })
})

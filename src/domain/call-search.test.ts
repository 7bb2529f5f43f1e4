import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readCallSearch } from './call-search.ts'

describe('what is looked for', () => {
  it('is an id, a number, the end of a phone number, or the beginning of a name', () => {
    const id = '01A2030A-3b41-70d1-bb31-58683c3ec242'
    assert.deepEqual(readCallSearch(` ${id} `), { by: 'id', id: id.toLowerCase() })
    assert.deepEqual(readCallSearch('#1042'), { by: 'number', number: 1042 })
    assert.deepEqual(readCallSearch('+1 (212) 555-0143'), { by: 'phone', reversed: '34105552121' })
    assert.deepEqual(readCallSearch('0300 1234567'), { by: 'phone', reversed: '7654321003' })
    assert.deepEqual(readCallSearch('0143'), { by: 'phone', reversed: '3410' })
    assert.deepEqual(readCallSearch('Lee'), { by: 'name', begins: 'lee' })
    assert.deepEqual(readCallSearch('4 Seasons'), { by: 'name', begins: '4 seasons' })
  })

  it('is nothing where it is too short', () => {
    for (const text of ['', ' ', '12', 'L', '+', '#']) assert.equal(readCallSearch(text), null, text)
  })
})

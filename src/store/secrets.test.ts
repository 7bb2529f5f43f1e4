import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { openSecretBox } from './secrets.ts'

const place = { workspace_id: crypto.randomUUID(), table: 'trunks', id: crypto.randomUUID() }

describe('a sealed secret', () => {
  const box = openSecretBox(randomBytes(32))

  it('opens where it was sealed', () => {
    assert.equal(box.open(box.seal('sk-täst', place), place), 'sk-täst')
  })

  it('does not open in another row, table or workspace', () => {
    const sealed = box.seal('secret', place)
    for (const moved of [{ id: crypto.randomUUID() }, { table: 'users' }, { workspace_id: crypto.randomUUID() }]) {
      assert.throws(() => box.open(sealed, { ...place, ...moved }))
    }
  })

  it('does not open when any byte was altered, or under another key', () => {
    const sealed = box.seal('secret', place)
    for (let i = 0; i < sealed.length; i += 1) {
      const altered = Buffer.from(sealed)
      altered[i] = (altered[i] as number) ^ 1
      assert.throws(() => box.open(altered, place), `byte ${i}`)
    }
    assert.throws(() => openSecretBox(randomBytes(32)).open(sealed, place), /another master key/)
  })

  it('never looks the same twice', () => {
    assert.notDeepEqual(box.seal('secret', place), box.seal('secret', place))
  })
})

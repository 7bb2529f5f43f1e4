import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { drawCase } from './cases.ts'
import { foresee } from './foresee.ts'

/** Drawn small; ten larger ones are `node test/foresight/run.ts`. */
const seeds = [2, 17]
const people = 60

describe('a campaign and its dry run', { concurrency: false }, () => {
  for (const seed of seeds) {
    it(`come to the same: whom it calls, why not the others, and how long it takes (seed ${seed})`, async () => {
      const drawn = drawCase(seed)
      const one = await foresee({ ...drawn, people: drawn.people.slice(0, people) })
      const told = JSON.stringify(one)
      assert.ok(one.callable > 10 && one.never > 3, told)
      assert.equal(one.dialed, one.callable, told)
      assert.deepEqual(one.found, one.reasons, told)
      assert.ok(one.sure && Math.abs(one.off) < 0.1, told)
    })
  }
})

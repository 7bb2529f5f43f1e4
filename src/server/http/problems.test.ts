import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeProblem, isRefusal, problems, refuse, refuseUnknown } from './problems.ts'

it('describes a refusal as RFC 9457 says, with its further members beside', () => {
  const refusal = refuse('conflict', 'Not now.', { current_status: 'active' })
  assert.deepEqual(describeProblem(refusal, 'r1'), {
    type: '/problems/conflict',
    title: problems.conflict.title,
    status: 409,
    detail: 'Not now.',
    request_id: 'r1',
    current_status: 'active',
  })
})

it('tells refusals from answers', () => {
  assert.equal(isRefusal(refuseUnknown('lead')), true)
  for (const answer of [null, undefined, 'refused', { id: 1 }, { refused: true }])
    assert.equal(isRefusal(answer), false)
})

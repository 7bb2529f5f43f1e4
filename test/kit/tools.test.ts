import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTool, requireTool } from './tools.ts'

/** Runs with another environment and puts the old one back. */
function under<T>(env: Record<string, string>, work: () => T): T {
  const before = { PATH: process.env.PATH, CI: process.env.CI }
  Object.assign(process.env, env)
  try {
    return work()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

test('a missing tool skips its suites with a reason, and fails them under CI', () => {
  assert.match(String(under({ PATH: '/nowhere', CI: '' }, () => requireTool('sipp'))), /needs sipp/)
  assert.throws(() => under({ PATH: '/nowhere', CI: 'true' }, () => requireTool('sipp')), /sipp is missing/)
})

test('a tool that is there skips nothing', {
  skip: findTool('ip') === null && 'needs ip, which is not installed',
}, () => {
  assert.equal(requireTool('ip'), false)
})

import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { it } from 'node:test'
import { createLog, cutNumbers } from './log.ts'

it('cuts phone numbers to their last four digits and leaves ids, times and figures alone', () => {
  assert.equal(cutNumbers('dialing +12125550143 failed'), 'dialing …0143 failed')
  assert.equal(cutNumbers('to:442079460123,'), 'to:…0123,')
  const id = '01a1fbe1-f320-71b7-b8f9-684100027708'
  assert.equal(cutNumbers(id), id)
  assert.equal(cutNumbers('2026-11-21T02:14:11.488Z'), '2026-11-21T02:14:11.488Z')
  assert.equal(cutNumbers('{"n":1234567890}'), '{"n":1234567890}')
})

it('writes whole JSON lines without numbers, tokens or headers', () => {
  const lines: string[] = []
  const log = createLog(
    'info',
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  log.info({ token: 'outdial_secret', req: { headers: { authorization: 'Bearer x' } } }, 'asked about +12125550143')
  log.error({ err: new Error('number 12125550143 is busy') }, 'failed')
  const text = lines.join('')
  for (const line of lines) assert.doesNotThrow(() => JSON.parse(line))
  assert.doesNotMatch(text, /2125550|outdial_secret|Bearer/)
  assert.match(text, /…0143/)
})

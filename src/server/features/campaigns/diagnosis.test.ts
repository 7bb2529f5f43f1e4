import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { CreatePacer, PacerDoubt } from '#domain/pacing/pacer-contract.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { addPastAnswers } from '#kit/past-answers.ts'

const second = 1000
const minute = 60 * second
const busyNumber = '+12125557777'

let doubt: PacerDoubt | null = null
/** One call per idle agent, and any doubt there may be. */
const doubtful: CreatePacer = () => ({
  decide: ({ agents, calls }) => agents.filter(({ state }) => state === 'idle').length - calls.length,
  doubt: () => doubt,
})

describe('why a campaign dials or does not', () => {
  let floor: Floor
  let app: App
  let used = 1000
  before(async () => {
    // A Wednesday, 10:00 in New York and 07:00 in Los Angeles.
    const script = {
      [busyNumber]: [{ do: 'busy', setup_s: 1 }],
      default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }],
    }
    floor = await openFloor({ script, channels: 4, start: '2026-03-04T15:00:00Z', pacer: doubtful })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(async () => {
    await app.ask('POST', '/api/v1/stop-all')
    await floor.run(2 * minute)
  })

  function numbers(prefix: string, count: number): string[] {
    const first = used
    used += count
    return Array.from({ length: count }, (_, index) => `${prefix}555${first + index}`)
  }
  const post = async (path: string, body: object = {}) => {
    const answer = await app.ask('POST', `/api/v1/${path}`, { body })
    assert.ok(answer.status < 300, answer.text)
    return answer.body
  }
  async function start(phones: string[], settings: object = {}, begin: object = {}): Promise<string> {
    const { id } = await post('campaigns', { name: 'Calls', mode: 'broadcast', completes: 'by_hand', ...settings })
    if (phones.length > 0) await post(`campaigns/${id}/leads`, { leads: phones.map((phone) => ({ phone })) })
    await post(`campaigns/${id}/start`, begin)
    await floor.dialer.idle()
    return id
  }
  async function expectDiagnosis(id: string, code: string, sentence: string | RegExp): Promise<void> {
    const { diagnosis } = (await app.ask('GET', `/api/v1/campaigns/${id}/progress`)).body
    assert.equal(diagnosis.code, code, diagnosis.sentence)
    if (typeof sentence === 'string') assert.equal(diagnosis.sentence, sentence)
    else assert.match(diagnosis.sentence, sentence)
  }
  const clockText = () => new Date(floor.clock.now()).toISOString().slice(11, 16)
  const dialsOf = (phones: string[]) => floor.dials().filter(({ number }) => phones.includes(number)).length

  it('is said where nobody could take a call', async () => {
    const id = await start(numbers('+1212', 2), { mode: 'power' })
    await expectDiagnosis(id, 'no_agents', 'There are no agents: 0 are assigned to the campaign.')
  })

  it('is said of an empty list, and of a draft', async () => {
    await expectDiagnosis(await start([]), 'list_empty', 'The campaign has no leads yet.')
    const draft = await post('campaigns', { name: 'Calls' })
    await expectDiagnosis(draft.id, 'draft', 'The campaign is a draft: nobody has started it.')
  })

  it('names the share of the list whose window is closed, and the first to open', async () => {
    const hours = { window_start: '09:00', window_end: '18:00', hours_zone: 'person' }
    const id = await start([...numbers('+1212', 3), ...numbers('+1213', 2)], { ...hours, max_concurrent_calls: 2 })
    const closed = 'closed for 40 % of the list (2 of 5 leads)'
    await floor.run(2 * minute)
    const opening = 'the first opens at 09:00 in America/Los_Angeles (17:00 UTC)'
    await expectDiagnosis(id, 'window_closed', `Window ${closed}; ${opening}.`)
  })

  it('says while it dials what share of the list is closed', async () => {
    const { db, tenant, clock } = floor
    const hours = { window_start: '09:00', window_end: '18:00', hours_zone: 'person' }
    const id = await start([...numbers('+1212', 3), ...numbers('+1213', 2)], { ...hours, mode: 'progressive' })
    const agent = await makeAgent(db.owner, tenant, clock.now(), { campaign_id: id })
    await signOnAgent(db.app, tenant, agent, clock.now())
    await floor.run(4 * second, second)
    const closed = 'the window is closed for 40 % of the list (2 of 5 leads)'
    await expectDiagnosis(id, 'dialing', `Dialing: 1 call up, 2 leads due; ${closed}.`)
  })

  it('counts who waits for another try, and when the first is due', async () => {
    const id = await start([busyNumber])
    await floor.run(30 * second)
    const due = (await app.ask('GET', `/api/v1/campaigns/${id}/progress`)).body.waiting.next_due_at
    const when = `the first is due at ${due.slice(11, 16)} UTC`
    await expectDiagnosis(id, 'waiting', `Nobody is callable now: 1 lead waits for its next try; ${when}.`)
  })

  it('says who paused it, when and why', async () => {
    const id = await start(numbers('+1212', 2))
    const at = clockText()
    const { status_by } = await post(`campaigns/${id}/pause`, { reason: 'lunch' })
    assert.equal(status_by, app.tenant.user_id)
    await expectDiagnosis(id, 'paused', `Paused by Owner at ${at} UTC: lunch.`)
  })

  it('says that the system paused it, when and why', async () => {
    const phones = numbers('+1212', 3)
    const id = await start(phones, {}, { limit: 1 })
    await expectDiagnosis(id, 'run', /^This run's 1 calls have left/)
    await floor.run(minute)
    assert.equal(dialsOf(phones), 1)
    await expectDiagnosis(id, 'paused', /^Paused by the system at \d\d:\d\d UTC: this run's 1 calls were made\.$/)
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${id}`)).body.status_by, null)
  })

  it('names the lines of the trunk, when all are in use', async () => {
    const id = await start(numbers('+1212', 6))
    await expectDiagnosis(id, 'trunk_channels', 'All 4 lines of the trunk are in use.')
  })

  it('names what a carrier says that takes no calls', async () => {
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async () => ({ missing: 'the account is closed' })
    const id = await start(numbers('+1212', 2))
    await floor.run(2 * second)
    floor.engine.carrierOf = carrierOf
    await expectDiagnosis(id, 'trunk_blocked', /^The trunk rests for 3 s, .*: the account is closed\.$/)
    await floor.run(2 * minute)
  })

  it('names the limit of the day', async () => {
    const phones = numbers('+1212', 5)
    const id = await start(phones, { daily_limit: 2 })
    await floor.run(minute)
    assert.equal(dialsOf(phones), 2)
    await expectDiagnosis(id, 'daily_limit', "Today's limit of 2 dials is spent.")
  })

  it('names the limit of the owner', async () => {
    const path = `/api/v1/users/${app.tenant.user_id}`
    assert.equal((await app.ask('PATCH', path, { body: { concurrent_calls: 2 } })).status, 200)
    const id = await start(numbers('+1212', 5))
    await expectDiagnosis(id, 'owner', "The owner's limit of 2 calls at once is reached; an admin can raise it.")
    assert.equal((await app.ask('PATCH', path, { body: { concurrent_calls: 10 } })).status, 200)
  })

  it('says that everybody left gave no consent', async () => {
    const id = await start(numbers('+1212', 1))
    await floor.run(minute)
    await floor.db.owner.query('update workspaces set consent_declaration = null')
    await post(`campaigns/${id}/leads`, { leads: numbers('+1212', 3).map((phone) => ({ phone })) })
    await expectDiagnosis(
      id,
      'consent',
      /^Nobody may be called: for the 3 leads that are left no consent is recorded that is strong enough;/,
    )
    const simulated = { basis: 'simulated', simulated: true }
    await floor.db.owner.query('update workspaces set consent_declaration = $1', [simulated])
  })

  it('says how a list ended, and of whom it could call nobody', async () => {
    const [blocked = '', ...others] = numbers('+1212', 3)
    await post('suppressions', { number: blocked, reason: 'asked for it' })
    const id = await start([blocked, ...others])
    await floor.run(2 * minute)
    const ended = '2 completed, 0 failed, 1 not to be called (their number is on a suppression list)'
    await expectDiagnosis(id, 'list_done', `Every lead is done: ${ended}.`)
    const none = await start([blocked])
    const why = 'None of the 1 leads may be called: their number is on a suppression list.'
    await expectDiagnosis(none, 'never', why)
    const done = await start(numbers('+1212', 1), { completes: 'when_done' })
    await floor.run(2 * minute)
    const how =
      /^Completed by the system at \d\d:\d\d UTC: every lead is done \(1 completed, 0 failed, 0 not to be called\)\.$/
    await expectDiagnosis(done, 'completed', how)
  })

  it('says that power dialing keeps to one call per agent, for the abandon cap', async () => {
    const { db, tenant, clock } = floor
    const phones = numbers('+1212', 5)
    const body = { name: 'Power', mode: 'power', power_ratio: 3, completes: 'by_hand' }
    const { id } = await post('campaigns', body)
    await post(`campaigns/${id}/leads`, { leads: phones.map((phone) => ({ phone })) })
    await addPastAnswers(db.owner, tenant, id, { live: 120, abandoned: 4, at: clock.now() })
    const agent = await makeAgent(db.owner, tenant, clock.now(), { campaign_id: id })
    await post(`campaigns/${id}/start`)
    await signOnAgent(db.app, tenant, agent, clock.now())
    await floor.run(4 * second, second)
    assert.equal(dialsOf(phones), 1)
    const share = '4 of 120 live answers were abandoned in the last 30 days (3.3 %; the cap is 3 %)'
    await expectDiagnosis(id, 'abandon_cap', `Dialing one call per agent: ${share}.`)
  })

  it('says why predictive dialing does not dial ahead, for as long as its pacer doubts', async () => {
    const { db, tenant, clock } = floor
    const phones = numbers('+1212', 9)
    const id = await start(phones, { mode: 'predictive', abandon_cap_percent: 1 })
    const agent = await makeAgent(db.owner, tenant, clock.now(), { campaign_id: id })
    await signOnAgent(db.app, tenant, agent, clock.now())
    await floor.run(4 * second, second)
    assert.equal(dialsOf(phones), 1)
    await expectDiagnosis(id, 'dialing', 'Dialing: 1 call up, 8 leads due.')
    doubt = 'trunk_failing'
    await floor.run(2 * second, second)
    const why = 'too many of its calls fail on the trunk'
    await expectDiagnosis(id, 'pacer_doubts', `Dialing one call per idle agent since ${clockText()} UTC: ${why}.`)
    doubt = null
    await floor.run(2 * second, second)
    await expectDiagnosis(id, 'dialing', 'Dialing: 1 call up, 8 leads due.')
    await addPastAnswers(db.owner, tenant, id, { live: 200, abandoned: 3, at: clock.now() })
    const share =
      /^Dialing carefully: 3 of 20[01] live answers were abandoned in the last 30 days \(1\.5 %; the cap is 1 %\)\.$/
    await expectDiagnosis(id, 'abandon_cap', share)
  })
})

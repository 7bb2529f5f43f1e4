import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { recountSpans } from '#kit/recount.ts'
import { makeMember, numbersFrom } from '#kit/tenant.ts'

const minute = 60_000

/** What the old queue promised, asked for through its own addresses and counted by what the carrier saw. */
describe('the rules of the old queue', () => {
  const opened: { floor: Floor; app: App }[] = []
  after(async () => {
    for (const { app, floor } of opened) {
      await app.close()
      await floor.close()
    }
  })

  type Call = { createdAt: string }
  interface Owner {
    user_id: string
    key: string
    agent_id: string
  }

  async function open(options: FloorOptions) {
    const floor = await openFloor({ channels: 50, ...options })
    const app = await openApp({ floor })
    opened.push({ floor, app })
    const ownerOf = new Map<string, string>()
    let used = 0

    async function makeOwner(lines: number): Promise<Owner> {
      const user_id = await makeMember(floor.db.app, app.tenant, app.now(), lines)
      const agent_id = await makeAgent(floor.db.owner, app.tenant, app.now(), { kind: 'ai' })
      return { user_id, agent_id, key: await app.makeKey({ ...app.tenant, user_id }) }
    }
    async function makePeople(owner: Owner, names: string[], numbers = numbersFrom(used, names.length)) {
      used += names.length
      const people: { id: string; phone: string; name: string }[] = []
      for (const [index, name] of names.entries()) {
        const phone = numbers[index] as string
        const body = { phones: [phone], ...(name === '' ? {} : { full_name: name }) }
        const made = await app.ask('POST', '/api/v1/contacts', { key: owner.key, body })
        ownerOf.set(phone, owner.user_id)
        people.push({ id: made.body.id, phone, name })
      }
      return people
    }
    async function call(owner: Owner, people: { id: string }[], settings: object = {}): Promise<string> {
      const body = { contact_ids: people.map(({ id }) => id), agent_id: owner.agent_id, ...settings }
      const answer = await app.ask('POST', '/api/campaigns/bulk-call', { key: owner.key, body })
      assert.deepEqual([answer.status, answer.body.queued], [201, people.length], answer.text)
      return answer.body.campaign.id
    }
    const spans = (user_id?: string) => {
      const ends = new Map(floor.ends().map((end) => [end.attempt_id, Date.parse(end.at)]))
      return floor
        .dials()
        .filter(({ number }) => user_id === undefined || ownerOf.get(number) === user_id)
        .map(({ attempt_id, at }) => ({ from: Date.parse(at), to: ends.get(attempt_id) ?? Number.POSITIVE_INFINITY }))
    }
    return { floor, app, makeOwner, makePeople, call, spans, ownerOf }
  }
  const nobody = (count: number) => Array.from({ length: count }, () => '')

  it('two owners who compete for the lines are served in turn', async () => {
    const { floor, makeOwner, makePeople, call, ownerOf } = await open({
      concurrent_calls: 2,
      owner_concurrent_calls: 2,
    })
    const owners = [await makeOwner(2), await makeOwner(2)]
    for (const owner of owners) await call(owner, await makePeople(owner, nobody(7)))
    await floor.run(5 * minute)
    const served = floor.dials().map(({ number }) => ownerOf.get(number))
    assert.equal(served.length, 14)
    // The first had both lines before the second came, and so the second has the last word.
    for (let i = 3; i < served.length - 1; i += 1) assert.notEqual(served[i], served[i - 1], `dial ${i} of ${served}`)
  })

  it('nobody has more than two calls at once, and all together no more than ten', async () => {
    const { floor, makeOwner, makePeople, call, spans } = await open({ concurrent_calls: 10 })
    const owners = await Promise.all(Array.from({ length: 6 }, () => makeOwner(2)))
    for (const owner of owners) await call(owner, await makePeople(owner, nobody(4)))
    await floor.run(3 * minute)
    assert.deepEqual(recountSpans(spans(), 10), { most: 10, breaches: 0 })
    for (const { user_id } of owners) assert.deepEqual(recountSpans(spans(user_id), 2), { most: 2, breaches: 0 })
    assert.equal(floor.dials().length, 24)
  })

  it('people with a name go first, and then whoever came first', async () => {
    const { floor, makeOwner, makePeople, call } = await open({ concurrent_calls: 10 })
    const owner = await makeOwner(1)
    const people = await makePeople(owner, ['', 'Ann', '', 'Bob', '', 'Cyd'])
    await call(owner, people)
    await floor.run(6 * minute)
    const names = floor.dials().map(({ number }) => people.find(({ phone }) => phone === number)?.name)
    assert.deepEqual(names, ['Ann', 'Bob', 'Cyd', '', '', ''])
    const unnamed = people.filter(({ name }) => name === '').map(({ phone }) => phone)
    assert.deepEqual(
      floor
        .dials()
        .slice(3)
        .map(({ number }) => number),
      unnamed,
    )
  })

  it('a window across midnight is kept', async () => {
    // Evening in New York is morning in Karachi, whose law lets people be called from 9 to 20.
    const { floor, app, makeOwner, makePeople, call } = await open({ start: '2026-03-05T04:40:00Z' })
    const owner = await makeOwner(1)
    const numbers = Array.from({ length: 70 }, (_, n) => `+92300123${String(4000 + n)}`)
    const settings = { first_call_time: '23:45', last_call_time: '00:15' }
    const id = await call(owner, await makePeople(owner, nobody(numbers.length), numbers), settings)
    await floor.run(50 * minute, minute)
    const calls = (await app.ask('GET', `/api/campaigns/${id}/calls?limit=1000`, { key: owner.key })).body
    assert.equal(calls.total, floor.dials().length)
    const minutes = calls.data.map(
      ({ createdAt }: Call) => (Date.parse(createdAt) / minute - 5 * 60) % 1440,
    ) as number[]
    assert.ok(
      minutes.every((of) => of >= 23 * 60 + 45 || of < 15),
      `${minutes}`,
    )
    assert.ok(minutes.some((of) => of > 1000) && minutes.some((of) => of < 15), 'on both sides of midnight')
    assert.ok(Math.max(...minutes.filter((of) => of < 15)) >= 13, 'up to its end')
    assert.ok(calls.total > 40 && calls.total < 70, `${calls.total} calls; the others wait for the next evening`)
  })

  it('a line is used again in the very moment in which it comes free, however its call ended', async () => {
    const deeds = ['answers', 'answers-then-hangs-up', 'machine', 'busy', 'rings-out', 'rejects', 'invalid-number']
    const numbers = numbersFrom(0, deeds.length + 1)
    const script = {
      ...Object.fromEntries(deeds.map((deed, index) => [numbers[index], [{ do: deed }]])),
      default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }],
    }
    const { floor, app, makeOwner, makePeople, call } = await open({ script, concurrent_calls: 10 })
    const owner = await makeOwner(1)
    const id = await call(owner, await makePeople(owner, nobody(numbers.length), numbers))
    await floor.run(8 * minute)
    assert.deepEqual(
      floor
        .dials()
        .map(({ number }) => number)
        .slice(0, numbers.length),
      numbers,
    )
    const calls = (await app.ask('GET', `/api/v1/campaigns/${id}/calls?sort=number`)).body.data
    for (const [index, deed] of deeds.entries()) {
      const waited = Date.parse(calls[index + 1].initiated_at) - Date.parse(calls[index].ended_at)
      assert.ok(waited >= 0 && waited <= 1_000, `${waited} ms after one that ${deed}`)
    }
  })

  it('somebody who is taken out while they wait is skipped', async () => {
    const { floor, app, makeOwner, makePeople, call } = await open({ concurrent_calls: 10 })
    const owner = await makeOwner(1)
    const people = await makePeople(owner, nobody(4))
    const id = await call(owner, people)
    await floor.run(5_000)
    const gone = people[2] as { id: string; phone: string }
    assert.equal((await app.ask('DELETE', `/api/contacts/${gone.id}`, { key: owner.key })).status, 200)
    await floor.run(5 * minute)
    assert.deepEqual(
      floor.dials().map(({ number }) => number),
      people.filter((each) => each !== gone).map(({ phone }) => phone),
    )
    const { skipped, totalContacts } = (await app.ask('GET', `/api/campaigns/${id}/progress`, { key: owner.key })).body
      .data
    assert.deepEqual([skipped, totalContacts], [{ contact_deleted: 1 }, 4])
  })
})

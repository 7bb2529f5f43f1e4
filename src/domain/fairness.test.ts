import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { admitFairly, type Candidate, type Room } from './fairness.ts'

const owners = ['ann', 'bob', 'cyd']
const trunks = ['t1', 't2']
/** Two campaigns for each owner. */
const campaigns = owners.flatMap((owner) => [`${owner}-1`, `${owner}-2`])

/** Any of these, in this order. */
const routeOver = (ids: string[]) => ({
  seed: '',
  trunks: ids.map((trunk_id) => ({ trunk_id, serves: '+', price_per_minute: null, weight: 1, rests_until: null })),
  left_out: [],
})

const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      campaign_id: fc.constantFrom(...campaigns),
      trunk_id: fc.constantFrom(...trunks),
      agentless: fc.boolean(),
      bound: fc.boolean(),
      route: fc.option(fc.shuffledSubarray(trunks, { minLength: 1 })),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ route, ...row }, index) => ({
      ...row,
      ...(route ? { route: routeOver(route) } : {}),
      lead_id: `lead-${index}`,
      owner_user_id: row.campaign_id.split('-')[0] ?? '',
    })),
  )

const few = fc.integer({ min: -1, max: 12 })
const limited = fc.option(few)
const mapOf = <V>(keys: string[], value: fc.Arbitrary<V>): fc.Arbitrary<Map<string, V>> =>
  fc.tuple(...keys.map(() => value)).map((values) => new Map(keys.map((key, index) => [key, values[index] as V])))
const room: fc.Arbitrary<Room> = fc.record({
  installation: limited,
  workspace: few,
  workspace_tokens: fc.oneof(few, fc.constant(Number.POSITIVE_INFINITY)),
  money: limited,
  reserves: mapOf(trunks, fc.option(fc.integer({ min: 0, max: 3 }))),
  trunk: mapOf(trunks, few),
  trunk_tokens: mapOf(trunks, fc.oneof(few, fc.constant(Number.POSITIVE_INFINITY))),
  owner: mapOf(owners, few),
  campaign: mapOf(campaigns, limited),
  campaign_today: mapOf(campaigns, limited),
  campaign_run: mapOf(campaigns, limited),
  agents: mapOf(campaigns, few),
})

/** Each limit with what it leaves after `admitted`; written anew here, not borrowed from what is tested. */
interface LeftOver {
  covers(c: Candidate): boolean
  cost(c: Candidate): number
  left: number
}
function leftOver(given: Room, admitted: Candidate[]): LeftOver[] {
  const limits: (Pick<LeftOver, 'covers' | 'cost'> & { most: number })[] = []
  const add = (most: number | null | undefined, covers: (c: Candidate) => boolean) =>
    limits.push({ covers, cost: () => 1, most: most ?? Number.POSITIVE_INFINITY })
  add(given.installation, () => true)
  add(given.workspace, (c) => c.agentless)
  add(given.workspace_tokens, () => true)
  for (const owner of owners) add(given.owner.get(owner), (c) => c.agentless && c.owner_user_id === owner)
  for (const trunk of trunks) {
    add(given.trunk.get(trunk), (c) => c.trunk_id === trunk)
    add(given.trunk_tokens.get(trunk), (c) => c.trunk_id === trunk)
  }
  for (const campaign of campaigns) {
    add(given.campaign.get(campaign), (c) => c.campaign_id === campaign)
    add(given.campaign_today.get(campaign), (c) => c.campaign_id === campaign)
    add(given.campaign_run.get(campaign), (c) => c.campaign_id === campaign)
    add(given.agents.get(campaign), (c) => c.campaign_id === campaign && !c.agentless && !c.bound)
  }
  if (given.money !== null) {
    const cost = (c: Candidate) => given.reserves.get(c.trunk_id) ?? Number.POSITIVE_INFINITY
    limits.push({ covers: () => true, cost, most: given.money })
  }
  return limits.map(({ covers, cost, most }) => {
    const spent = admitted.filter(covers).reduce((sum, c) => sum + cost(c), 0)
    return { covers, cost, left: most - spent }
  })
}

describe('admission', () => {
  it('never passes a limit', () => {
    fc.assert(
      fc.property(candidates, room, (asked, given) => {
        const { admitted } = admitFairly(asked, given, new Map())
        for (const { covers, cost, left } of leftOver(given, admitted)) {
          if (admitted.some((c) => covers(c) && cost(c) > 0)) assert.ok(left >= 0)
        }
      }),
    )
  })

  it('leaves no line idle that somebody could have had', () => {
    fc.assert(
      fc.property(candidates, room, (asked, given) => {
        const { admitted, refused } = admitFairly(asked, given, new Map())
        const limits = leftOver(given, admitted)
        for (const { candidate } of refused) {
          for (const trunk_id of candidate.route?.trunks.map((trunk) => trunk.trunk_id) ?? [candidate.trunk_id]) {
            const there = { ...candidate, trunk_id }
            const isFull = limits.some(({ covers, cost, left }) => covers(there) && left < cost(there))
            assert.ok(isFull, candidate.lead_id)
          }
        }
      }),
    )
  })

  it('answers everybody once, and inside an owner in the order asked', () => {
    fc.assert(
      fc.property(candidates, room, (asked, given) => {
        const { admitted, refused } = admitFairly(asked, given, new Map())
        const answered = [...admitted, ...refused.map(({ candidate }) => candidate)].map((c) => c.lead_id)
        assert.deepEqual(answered.sort(), asked.map((c) => c.lead_id).sort())
        for (const owner of owners) {
          const own = admitted.filter((c) => c.owner_user_id === owner).map((c) => c.lead_id)
          assert.deepEqual(
            own,
            asked.map((c) => c.lead_id).filter((id) => own.includes(id)),
          )
        }
      }),
    )
  })

  it('changes nothing in what it was given', () => {
    fc.assert(
      fc.property(candidates, room, (asked, given) => {
        const before = structuredClone({ asked, given })
        admitFairly(asked, given, new Map())
        assert.deepEqual(structuredClone({ asked, given }), before)
      }),
    )
  })

  it('serves owners who compete strictly in turn, the one who has waited longest first', () => {
    const crowd = fc.record({
      lines: fc.integer({ min: 1, max: 30 }),
      turns: mapOf(owners, fc.integer({ min: 0, max: 1000 })),
      waiting: fc.shuffledSubarray(
        owners.flatMap((owner) => Array.from({ length: 30 }, () => owner)),
        { minLength: 90 },
      ),
    })
    fc.assert(
      fc.property(crowd, ({ lines, turns, waiting }) => {
        const asked = waiting.map((owner, index) => ({
          lead_id: `lead-${index}`,
          owner_user_id: owner,
          campaign_id: `${owner}-1`,
          trunk_id: 't1',
          agentless: true,
          bound: false,
        }))
        const given: Room = {
          installation: null,
          workspace: lines,
          workspace_tokens: Number.POSITIVE_INFINITY,
          money: null,
          reserves: new Map(),
          trunk: new Map([['t1', 100]]),
          trunk_tokens: new Map([['t1', Number.POSITIVE_INFINITY]]),
          owner: new Map(owners.map((owner) => [owner, 100])),
          campaign: new Map(campaigns.map((campaign) => [campaign, null])),
          campaign_today: new Map(),
          campaign_run: new Map(),
          agents: new Map(),
        }
        const served = admitFairly(asked, given, turns).admitted.map((c) => c.owner_user_id)
        assert.equal(served.length, lines)
        for (let i = owners.length; i < served.length; i += 1) assert.equal(served[i], served[i - owners.length])
        const round = served.slice(0, owners.length)
        assert.equal(new Set(round).size, round.length)
        const turnsServed = round.map((owner) => turns.get(owner) as number)
        assert.deepEqual(
          turnsServed,
          turnsServed.toSorted((a, b) => a - b),
        )
        const passedOver = owners.filter((owner) => !round.includes(owner)).map((owner) => turns.get(owner) as number)
        assert.ok(passedOver.every((turn) => turn >= Math.max(...turnsServed)))
      }),
    )
  })

  it('takes the first trunk of a route that has room, and says what those before it lacked', () => {
    const asked: Candidate[] = Array.from({ length: 4 }, (_, index) => ({
      ...{ lead_id: `lead-${index}`, owner_user_id: 'ann', campaign_id: 'ann-1', trunk_id: 'own' },
      ...{ agentless: true, bound: false, route: routeOver(['t1', 't2']) },
    }))
    const plenty = Number.POSITIVE_INFINITY
    const given: Room = {
      ...{ installation: null, workspace: 100, workspace_tokens: plenty, money: null, reserves: new Map() },
      trunk: new Map([...trunks.map((id) => [id, 2] as const), ['own', 100]]),
      trunk_tokens: new Map([
        ['t1', 1],
        ['t2', plenty],
      ]),
      owner: new Map([['ann', 100]]),
      campaign: new Map([['ann-1', null]]),
      ...{ campaign_today: new Map(), campaign_run: new Map(), agents: new Map() },
    }
    const { admitted, refused } = admitFairly(asked, given, new Map())
    assert.deepEqual(
      admitted.map(({ trunk_id, passed }) => [trunk_id, passed]),
      [
        ['t1', []],
        ['t2', [{ trunk_id: 't1', limit: 'trunk_calls_per_second' }]],
        ['t2', [{ trunk_id: 't1', limit: 'trunk_calls_per_second' }]],
      ],
    )
    assert.deepEqual(
      refused.map(({ limit }) => limit),
      ['trunk_calls_per_second'],
    )
  })
})

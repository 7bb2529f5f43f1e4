import { drawsOf, lognormal, normal } from './chance.ts'
import type { Mixture, Scenario } from './scenario.ts'

/** What happens when a lead is dialed at `t`. Times in seconds; each but `setup` follows the one before it. */
export interface LeadFate {
  segment: number
  result: 'live' | 'machine' | 'busy' | 'noanswer' | 'failed'
  setup: number
  /** Until the line is picked up, or nobody rings any more; 0 where it never rings. */
  ring: number
  /** Until it is said who picked up. */
  detection: number
  talk: number
  wrap: number
}

export function segmentOf(scenario: Scenario, index: number): number {
  const block = Math.floor(index / scenario.segmentBlock)
  return scenario.segmentOfBlock?.(block) ?? block % scenario.segments
}

/** That a person answers when this lead is dialed at `t`; over all leads of the segment it is about the live share. */
export function oddsOf(scenario: Scenario, seed: number, index: number, t: number): number {
  const share = scenario.liveShare(segmentOf(scenario, index), t)
  const { oddsSpread: spread = 0 } = scenario
  if (spread === 0) return share
  const draw = drawsOf(seed, index)
  // The mean chance over spread log odds lies nearer to a half than the chance at their middle (MacKay 1992).
  const middle = Math.log(share / (1 - share)) * Math.sqrt(1 + (Math.PI * spread * spread) / 8)
  return 1 / (1 + Math.exp(-(middle + spread * normal(draw(12), draw(13)))))
}

/** Depends on nothing but the seed and the lead's index, and through the live share on `t`. */
export function drawLead(scenario: Scenario, seed: number, index: number, t: number): LeadFate {
  const draw = drawsOf(seed, index)
  const segment = segmentOf(scenario, index)
  const setup = lognormal(scenario.setup.mean, scenario.setup.cv, draw(1), draw(2))
  const nobody = { segment, setup, ring: 0, detection: 0, talk: 0, wrap: 0 }
  const live = oddsOf(scenario, seed, index, t)
  const u = draw(0)
  if (u >= 1 - scenario.busyShare) return { ...nobody, result: 'busy' }
  if (u >= 1 - scenario.busyShare - scenario.failedShare) return { ...nobody, result: 'failed' }
  const rest = 1 - scenario.busyShare - scenario.failedShare - live
  const isPerson = u < live
  const isMachine = !isPerson && u < live + rest * scenario.machineShare
  const { ringTimeout, ring: person, machineRing, detection } = scenario
  const ring = isPerson
    ? lognormal(person.mean, person.cv, draw(3), draw(4))
    : Math.max(0, machineRing.mean + machineRing.sd * normal(draw(3), draw(4)))
  if (!(isPerson || isMachine) || ring >= ringTimeout) return { ...nobody, result: 'noanswer', ring: ringTimeout }
  const misheard = detection !== null && draw(5) < (isPerson ? detection.personsLost : detection.machinesPassed)
  const result = detection === null || isPerson !== misheard ? 'live' : 'machine'
  const heard = detection === null ? 0 : isPerson ? detection.person : detection.machine
  const talk = isPerson || scenario.machineTalk === null ? drawTime(scenario.talk, draw, 6) : scenario.machineTalk
  return { ...nobody, result, ring, detection: heard, talk, wrap: drawTime(scenario.wrap, draw, 9) }
}

/** Takes three questions, from `first` on. */
export function drawTime(shape: readonly Mixture[], draw: (question: number) => number, first: number): number {
  let left = draw(first)
  for (const { share, mean, cv } of shape) {
    if (left < share) return lognormal(mean, cv, draw(first + 1), draw(first + 2))
    left -= share
  }
  throw new Error('the shares of a mixture are less than one')
}

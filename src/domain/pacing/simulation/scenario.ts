/**
 * What a shift is made of, in seconds and shares. The model and the public scenarios are those that the pacers' anchors
 * were measured on (docs/pacing.md).
 */

/** A time of mixed shape: each part by its share. */
export interface Mixture {
  share: number
  mean: number
  cv: number
}

export interface Scenario {
  name: string
  /** Of a lead of a segment dialed at `t`: that a person answers. */
  liveShare(segment: number, t: number): number
  /** Of the log odds of leads of one segment that a person answers, about the live share; none where they are all alike. */
  oddsSpread?: number
  segments: number
  /** Leads of a segment follow each other in blocks of so many. */
  segmentBlock: number
  /** The segment of a block; without it the segments take turns. */
  segmentOfBlock?(block: number): number
  talk: readonly Mixture[]
  wrap: readonly Mixture[]
  setup: { mean: number; cv: number }
  ring: { mean: number; cv: number }
  busyShare: number
  failedShare: number
  /** Of dials that nobody takes and that are neither busy nor failed. */
  machineShare: number
  machineRing: { mean: number; sd: number }
  ringTimeout: number
  /** Null: nobody asks, and every machine comes to an agent at once. */
  detection: { person: number; machine: number; personsLost: number; machinesPassed: number } | null
  /** An agent who hears a machine leaves it after so long. */
  machineTalk: number | null
  linesPerAgent: number
  patience: number
  tick: number
  shiftEnd: number
  roster: Roster
}

export interface Roster {
  /** Agents come at any time within it. */
  arrival: number
  /** Long breaks: about when, within which time around it, and how long. */
  breaks: readonly { at: number; spread: number; length: number }[]
  pausesPerHour: number
  pauseMean: number
  /** Of the logarithm of an agent's speed. */
  speedSd: number
}

const hour = 3600

export const standardRoster: Roster = {
  arrival: 600,
  breaks: [
    { at: 2 * hour, spread: hour, length: 600 },
    { at: 4 * hour, spread: hour, length: 1800 },
    { at: 6 * hour, spread: hour, length: 600 },
  ],
  pausesPerHour: 0.7,
  pauseMean: 150,
  speedSd: 0.15,
}

export const standardScenario: Scenario = {
  name: 'standard',
  liveShare: () => 0.2,
  ...{ segments: 1, segmentBlock: 1 },
  talk: [{ share: 1, mean: 180, cv: 0.9 }],
  wrap: [{ share: 1, mean: 25, cv: 0.6 }],
  ...{ setup: { mean: 1.5, cv: 0.5 }, ring: { mean: 9, cv: 0.6 } },
  ...{ busyShare: 0.08, failedShare: 0.07, machineShare: 0.4, machineRing: { mean: 17, sd: 3 }, ringTimeout: 25 },
  detection: { person: 1.3, machine: 2.4, personsLost: 0.03, machinesPassed: 0.05 },
  machineTalk: 10,
  ...{ linesPerAgent: 5, patience: 2, tick: 1, shiftEnd: 8 * hour, roster: standardRoster },
}

export function scenarioOf(change: Partial<Scenario> & { name: string }): Scenario {
  return { ...standardScenario, ...change }
}

/** From one time to the next it stays, or goes over to the next value evenly. */
export function steps(...parts: { until: number; from: number; to?: number }[]): Scenario['liveShare'] {
  return (_, t) => {
    let began = 0
    for (const { until, from, to = from } of parts) {
      if (t < until) return from + ((to - from) * (t - began)) / (until - began)
      began = until
    }
    return (parts.at(-1) as { from: number; to?: number }).to ?? (parts.at(-1) as { from: number }).from
  }
}

export const publicScenarios: readonly Scenario[] = [
  scenarioOf({ name: 'low', liveShare: () => 0.1 }),
  scenarioOf({ name: 'high', liveShare: () => 0.35 }),
  scenarioOf({
    name: 'nonstat',
    liveShare: steps(
      { until: 1.6 * hour, from: 0.15 },
      { until: 3.2 * hour, from: 0.32 },
      { until: 4.8 * hour, from: 0.32, to: 0.1 },
      { until: 6.4 * hour, from: 0.08 },
      { until: 8 * hour, from: 0.42 },
    ),
    talk: [{ share: 1, mean: 130, cv: 0.9 }],
  }),
  scenarioOf({
    name: 'mixed',
    ...{ segments: 2, segmentBlock: 60, liveShare: (segment) => (segment === 0 ? 0.08 : 0.4) },
    talk: [
      { share: 0.4, mean: 30, cv: 0.9 },
      { share: 0.6, mean: 280, cv: 0.9 },
    ],
    wrap: [{ share: 1, mean: 35, cv: 0.6 }],
  }),
]

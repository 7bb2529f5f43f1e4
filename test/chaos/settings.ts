/** How large a run is. What follows from these numbers and the seed is the plan; what the machine makes of it is not. */
export interface ChaosSettings {
  seed: string
  /** Dials the carrier must have taken before the list ends. */
  attempts: number
  dialers: number
  /** `kill -9` of a dialer, which is started again at once. */
  dialer_kills: number
  /** SIGSTOP of a dialer for one to three seconds: a machine that swaps, a long garbage collection. */
  dialer_pauses: number
  /** Every other one without a goodbye. */
  postgres_restarts: number
  carrier_kills: number
  /** A dialer's clock jumps by an hour, forwards or back, and is put right after one to three seconds. */
  clock_jumps: number
  /** Dialers that die at each of the points in crash-points.ts. */
  deaths_at_each_point: number
  /** Lines of the larger workspace's trunk; every other cap is a share of it. */
  channels: number
  /** How much faster than real time the carrier rings and talks. */
  speed: number
  /** How long everything may take to come to rest once the list has ended. */
  rest_within_seconds: number
}

/** What trust.md-sized claims are made from: `npm run chaos`. */
export const fullRun: ChaosSettings = {
  seed: '1',
  attempts: 20_000,
  dialers: 3,
  dialer_kills: 200,
  dialer_pauses: 20,
  postgres_restarts: 20,
  carrier_kills: 5,
  clock_jumps: 20,
  deaths_at_each_point: 4,
  channels: 60,
  speed: 60,
  rest_within_seconds: 180,
}

/** The same in about a minute, for every `npm test`. */
export const smallRun: ChaosSettings = {
  ...fullRun,
  attempts: 450,
  dialer_kills: 10,
  dialer_pauses: 1,
  postgres_restarts: 2,
  carrier_kills: 1,
  clock_jumps: 4,
  deaths_at_each_point: 1,
  rest_within_seconds: 120,
}

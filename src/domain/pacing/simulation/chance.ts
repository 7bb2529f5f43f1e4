/**
 * Chance that has an address: the same for the same seed, thing and question, whatever else was asked before. So two pacers
 * meet the same people and the same agents, and differ by what they do alone.
 */
export type Draws = (question: number) => number

/** Evenly in (0, 1), for the `index`-th thing of a seed: two rounds of murmur3's finalizer (public domain, Austin Appleby). */
export function drawsOf(seed: number, index: number): Draws {
  const base = mix(mix(seed ^ 0x9e3779b9) + Math.imul(index, 0x85ebca6b))
  return (question) => (mix(base + Math.imul(question + 1, 0xc2b2ae35)) + 0.5) / 4294967296
}

function mix(value: number): number {
  let mixed = value | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** Of mean 0 and variance 1, by Box and Muller. */
export function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
}

/** A time of this mean whose standard deviation is `cv` times the mean. */
export function lognormal(mean: number, cv: number, u: number, v: number): number {
  const variance = Math.log(1 + cv * cv)
  return mean * Math.exp(Math.sqrt(variance) * normal(u, v) - variance / 2)
}

export function exponential(mean: number, u: number): number {
  return -mean * Math.log(u)
}

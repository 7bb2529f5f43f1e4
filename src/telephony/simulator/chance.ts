/**
 * Chance without a sequence: each draw is a hash of a key and a label. What one number does can't depend on
 * how many other numbers were dialed first, nor on which process dialed them.
 */
export interface Chance {
  /** Evenly in [0, 1). */
  uniform(label: string): number
  normal(label: string, mean: number, deviation: number): number
  /** `cv` is the standard deviation divided by the mean. */
  lognormal(label: string, mean: number, cv: number): number
}

export function createChance(key: string): Chance {
  const uniform = (label: string) => hash53(`${key}|${label}`) / 2 ** 53
  const standard = (label: string) => {
    // Box-Muller; 1 - u keeps the logarithm away from zero.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(`${label}#radius`)))
    return radius * Math.cos(2 * Math.PI * uniform(`${label}#angle`))
  }
  return {
    uniform,
    normal: (label, mean, deviation) => mean + deviation * standard(label),
    lognormal(label, mean, cv) {
      const variance = Math.log(1 + cv * cv)
      return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * standard(label))
    },
  }
}

/** cyrb53 (public domain, by bryc): two 32-bit multiply-xor lanes, 53 bits out. */
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** Counts in bins of equal width; places are numbers of bins, so half a bin is the middle of the first. */
export type Histogram = Float64Array

/** A bell about a middle, of this weight in all. */
export function bell(length: number, middle: number, spread: number, weight: number): Histogram {
  const shape = Float64Array.from({ length }, (_, bin) => Math.exp(-0.5 * ((bin + 0.5 - middle) / spread) ** 2))
  const total = sum(shape)
  return shape.map((value) => (value / total) * weight)
}

/** Spread over its neighbours, as shares. */
export function smooth(counts: Histogram): Histogram {
  const total = sum(counts)
  const at = (bin: number) => counts[Math.max(0, Math.min(counts.length - 1, bin))] as number
  return counts.map((value, bin) =>
    total === 0 ? 0 : (0.1 * (at(bin - 2) + at(bin + 2)) + 0.2 * (at(bin - 1) + at(bin + 1)) + 0.4 * value) / total,
  )
}

/** What is left of counts at the start of each bin, and after the last, as shares. */
export function left(counts: Histogram): Histogram {
  const total = sum(counts)
  const shares = new Float64Array(counts.length + 1)
  let gone = 0
  for (let bin = 0; bin <= counts.length; bin += 1) {
    shares[bin] = Math.max(0, 1 - gone / total)
    gone += counts[bin] ?? 0
  }
  return shares
}

export function mean(counts: Histogram): number {
  let total = 0
  for (let bin = 0; bin < counts.length; bin += 1) total += (counts[bin] as number) * (bin + 0.5)
  return total / sum(counts)
}

export function sum(values: Histogram): number {
  let total = 0
  for (const value of values) total += value
  return total
}

export function interpolate(values: Float64Array, place: number): number {
  const low = Math.min(values.length - 1, Math.floor(place))
  const below = values[low] as number
  const above = values[Math.min(values.length - 1, low + 1)] as number
  return below + (above - below) * (place - low)
}

/**
 * What was measured on the model of docs/pacing.md before this product's pacer existed, in percent. The reference is a
 * predictive pacer built for these figures; bars are set against it.
 */
export interface Anchor {
  scenario: string
  agents: number
  /** Utilisation within a cap of 3 % and of 1 %. */
  reference: { 3: number; 1: number }
  /** Utilisation and abandoned answers, where they were measured. */
  progressive?: readonly [number, number]
  power3?: readonly [number, number]
  textbook?: readonly [number, number]
  adaptive?: readonly [number, number]
  clairvoyant?: number
}

export const anchors: readonly Anchor[] = [
  anchor('low', 5, 72.2, 59, [49, 0], [75, 5.8], [74, 4.3], [60, 2.9], 99),
  anchor('low', 10, 79.2, 72, [49, 0], [75, 1.6], [78, 2.3], [74, 1.5], 99),
  anchor('low', 20, 86.2, 82, [49, 0], [75, 0.2], [84, 2.2], [83, 2.4], 99),
  anchor('low', 50, 92.4, 90, [49, 0], [75, 0], [88, 1], [86, 0.2], 99),
  anchor('low', 300, 98, 97, [50, 0], [75, 0], [95, 1.7], [91, 0], 99.7),
  anchor('high', 10, 86.3, 84, [79, 0.1], [92, 21], [82, 0.6], [81, 3], 99),
  anchor('high', 50, 93.7, 92, [79, 0], [93, 2.7], [90, 0.9], [92, 2.3], 99),
  anchor('nonstat', 10, 80.6, 76, [62, 0], [83, 10.8], [77, 2.3], [73, 3], 99),
  anchor('nonstat', 50, 92.4, 90, [62, 0], [82, 0.8], [88, 1.2], [87, 0.8], 99),
  anchor('mixed', 10, 85.5, 82, [72, 0.1], [88, 19], [81, 3], [75, 3.1], 99),
  anchor('mixed', 50, 93.4, 92, [72, 0], [89, 2.7], [90, 3.9], [88, 2.1], 99),
  ...references('low', [2, 59, 50.1], [3, 64.2, 54.1], [100, 95.3, 93.6]),
  ...references('high', [2, 81.4, 79.1], [3, 82.1, 79.8], [5, 83.8, 81.4], [20, 89.5, 86.9]),
  ...references('high', [100, 96.1, 94.8], [300, 98.3, 97.6]),
  ...references('nonstat', [2, 67.5, 62.9], [3, 70.1, 64.5], [5, 74.8, 68.7], [20, 86.5, 82.7]),
  ...references('nonstat', [100, 95.3, 93.4], [300, 98.2, 97]),
  ...references('mixed', [2, 77.2, 72.8], [3, 79.6, 75], [5, 81.8, 78], [20, 89.2, 86.2]),
  ...references('mixed', [100, 95.8, 94.4], [300, 98.2, 97.4]),
]

export function anchorOf(scenario: string, agents: number): Anchor | undefined {
  return anchors.find((each) => each.scenario === scenario && each.agents === agents)
}

type Pair = readonly [number, number]

function anchor(
  scenario: string,
  agents: number,
  at3: number,
  at1: number,
  ...[progressive, power3, textbook, adaptive, clairvoyant]: [Pair, Pair, Pair, Pair, number]
): Anchor {
  return {
    ...{ scenario, agents, reference: { 3: at3, 1: at1 } },
    ...{ progressive, power3, textbook, adaptive, clairvoyant },
  }
}

function references(scenario: string, ...cells: (readonly [number, number, number])[]): Anchor[] {
  return cells.map(([agents, at3, at1]) => ({ scenario, agents, reference: { 3: at3, 1: at1 } }))
}

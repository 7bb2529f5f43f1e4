/**
 * How often detection errs, as agents say who talked with whom it had judged: a label of a connected call. Machines are
 * connected where the campaign says so, or as a sample.
 */

/** Calls that detection judged alike and somebody labelled, and those of them that it had judged wrongly. */
export interface LabelCount {
  labelled: number
  wrong: number
}

/** The disposition by which an agent says that it was a machine. */
export const machineDisposition = 'voicemail'

/** Only the last so many labels count. */
export const labelsCounted = 500
/** People among those taken for machines, at most: each is hung up on. */
export const falseMachineBudget = 0.05
/** Fewer say too little, whatever they say. */
const fewestLabels = 20
/** The normal distribution's two-sided quantile of one in twenty. */
const z = 1.96

/** The interval of Wilson (1927), in which the true rate lies nineteen times of twenty; shares from 0 to 1. */
export function errorInterval({ labelled, wrong }: LabelCount): { low: number; high: number } {
  if (labelled === 0) return { low: 0, high: 1 }
  const rate = wrong / labelled
  const middle = rate + z ** 2 / (2 * labelled)
  const half = z * Math.sqrt((rate * (1 - rate)) / labelled + z ** 2 / (4 * labelled ** 2))
  const whole = 1 + z ** 2 / labelled
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) }
}

/** Whether so many people are taken for machines, beyond chance, that nobody should listen any more. */
export function isPastBudget(falseMachines: LabelCount): boolean {
  return falseMachines.labelled >= fewestLabels && errorInterval(falseMachines).low > falseMachineBudget
}

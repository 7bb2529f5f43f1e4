import { powerPacerOf } from './power.ts'

/** Of predictive dialing. */
export const createPacer = powerPacerOf(2)

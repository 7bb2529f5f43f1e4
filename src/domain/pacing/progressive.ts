import type { CreatePacer } from './pacer-contract.ts'
import { powerPacerOf } from './power.ts'

/** One call for each idle agent: nobody who answers waits, but for an agent who leaves meanwhile. */
export const createPacer: CreatePacer = powerPacerOf(1)

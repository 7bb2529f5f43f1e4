/** The predictive mode's pacer, as any simulator may run it (pacer-contract.ts). */
export { createPacer } from './predictive.ts'

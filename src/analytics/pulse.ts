/**
 * The pulse: what a workspace's calling looks like at this moment, equal to a recount because it is one.
 * In: a transaction. Out: lines in use and allowed. Must never write.
 */
export { readUsage as readPulse, type Usage as Pulse } from '#store/usage.ts'

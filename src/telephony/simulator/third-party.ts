import type { CarrierFault } from '../faults.ts'
import { type Deed, findScripted, type Script } from './script.ts'

const nobody_there: Partial<Record<Deed, CarrierFault>> = {
  busy: { verdict: 'retryable', reason: 'the third party is busy' },
  'rings-out': { verdict: 'retryable', reason: 'the third party does not answer' },
  rejects: { verdict: 'retryable', reason: 'the third party declines' },
  congestion: { verdict: 'retryable', reason: 'network congestion' },
  'invalid-number': { verdict: 'permanent', reason: 'the third party does not exist' },
}

/** What comes of ringing a third party: they answer unless the script says otherwise of their number or extension. */
export function ringThirdParty(script: Script, to: string, times_before: number): CarrierFault | null {
  const scripted = findScripted(script.numbers, to, times_before) ?? findScripted(script.agents, to, times_before)
  return (scripted && nobody_there[scripted.do]) ?? null
}

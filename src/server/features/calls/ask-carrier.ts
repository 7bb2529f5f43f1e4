import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { readOneCall } from './calls.ts'

/** What the carrier says of a call at this moment; nothing of it is written down. */
export async function askCarrier(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<(CallFacts & { provider_call_id: string }) | Refusal> {
  const call = await readOneCall(house, caller, id)
  if (isRefusal(call)) return call
  // A carrier that is asked about a call it has not seen refuses it from then on, and this one may be on its way.
  if (call.provider_call_id === null) return refuse('carrier-fault', 'The provider has not said that it has the call.')
  const carrier = await house.engine.carrierOf(caller.workspace_id, call.trunk_id)
  if ('missing' in carrier) return refuse('carrier-fault', `The provider can not be asked: ${carrier.missing}.`)
  const located = await carrier.locate(id, call.provider_call_id, null)
  if (located.found === 'unreachable') {
    return refuse('carrier-fault', `The provider can not be asked: ${located.reason}.`)
  }
  if (located.found !== 'call') return refuse('carrier-fault', 'The provider does not know the call any more.')
  const facts = located.events.reduce((facts, { event }) => mergeEvent(facts, event), newCall)
  return { ...facts, provider_call_id: located.provider_call_id }
}

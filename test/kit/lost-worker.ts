/** A worker that dies in the middle: how far it got is said by which of these was called last. */
import { createHash, randomBytes } from 'node:crypto'
import { claimAttempts } from '#dialer/claim.ts'
import { leaseSeconds } from '#dialer/engine.ts'
import { type Intent, writeIntents } from '#store/attempts.ts'
import type { Claim } from '#store/claim-attempts.ts'
import { takeNumbers } from '#store/numbers.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier, DialReply } from '#telephony/port.ts'
import type { Floor } from './floor.ts'

const worker = 'a worker that dies'

/** It claims and no more. */
export async function claimAndDie(floor: Floor, campaignId: string, take = 1): Promise<Claim[]> {
  const { engine, tenant } = floor
  const wanted = [{ campaign_id: campaignId, take }]
  return (await claimAttempts({ ...engine, worker }, tenant.workspace_id, () => wanted)).claims
}

/** It commits the intent, and the command never leaves. */
export async function intendAndDie(floor: Floor, campaignId: string): Promise<Intent> {
  const { engine, tenant } = floor
  const [claim] = await claimAndDie(floor, campaignId)
  if (!claim) throw new Error('nothing was due')
  const number = await takeNumbers(engine.pool, tenant.workspace_id, 'calls', 1)
  const salt = randomBytes(16)
  const commitment = createHash('sha256').update(salt).update(claim.number).digest('hex')
  const attempt = { attempt_id: claim.attempt_id, number, salt: salt.toString('hex'), commitment }
  const by = { worker, at: engine.clock.now(), lease_seconds: leaseSeconds }
  const [intent] = await inWorkspace(engine.pool, tenant, (tx) => writeIntents(tx, tenant.workspace_id, [attempt], by))
  if (!intent) throw new Error('the intent was refused')
  return intent
}

/** The command leaves, and nobody is there for its answer. */
export async function dialAndDie(floor: Floor, campaignId: string): Promise<Intent> {
  const intent = await intendAndDie(floor, campaignId)
  await sendCommand(floor, intent)
  return intent
}

/** The command of an intent, as it would have left, or leaves too late. */
export async function sendCommand(floor: Floor, intent: Intent): Promise<DialReply> {
  const carrier = (await floor.engine.carrierOf(floor.tenant.workspace_id, intent.trunk_id)) as Carrier
  const { attempt_id, number, caller_id, ring_timeout_seconds, detect_machines } = intent
  const command = { attempt_id, number, caller_id, detect_machines, ring_timeout_ms: ring_timeout_seconds * 1000 }
  return carrier.dial(command, new AbortController().signal)
}

/** Leases run by the database's clock, which no test turns: this is how one runs out. */
export async function lapseLeases(floor: Floor): Promise<void> {
  await floor.db.owner.query(`update attempts set lease_until = now() - interval '1 second' where ended_at is null`)
}

import { readSpokenScript } from '#floor/spoken-script.ts'
import { findLeadOfCall } from '#store/calls.ts'
import type { Pool } from '#store/database.ts'
import { inWorkspace } from '#store/tx.ts'
import type { TrunkSettings } from '#telephony/port.ts'
import type { Speech } from '#telephony/provider.ts'

/** Whom we have nothing to say to. */
const silence: Speech = { lines: [], put_through: null, caller_id: null }

/** What the person hears who has answered this attempt over this trunk. */
export async function readSpeech(pool: Pool, { id, workspace_id }: TrunkSettings, attemptId: string): Promise<Speech> {
  return inWorkspace(pool, { workspace_id }, async (tx) => {
    const lead = await findLeadOfCall(tx, workspace_id, id, attemptId)
    return (lead === null ? null : await readSpokenScript(tx, workspace_id, lead)) ?? silence
  })
}

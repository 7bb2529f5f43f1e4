/**
 * The audio of voicemail drops: what people upload, hear and carriers fetch. Carriers know nothing of sessions and keys: they
 * get an address that holds for a while and opens this one message.
 */
import type { Readable } from 'node:stream'
import type { WavHead } from '#domain/wav.ts'
import { messageKey } from '#media/object-store.ts'
import { stage } from '#media/stage.ts'
import { inWorkspace } from '#store/tx.ts'
import { type DropMessage, keepDropAudio, readVoicemailDrop, type VoicemailDrop } from '#store/voicemail-drops.ts'
import type { StoredAudio } from '../../http/audio.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'

/** Ten minutes of what phones carry. */
export const largest_message_bytes = 10_000_000
const link_ms = 3_600_000

/** Keeps what was uploaded as the message; what was there before is replaced. */
export async function keepOneDropAudio(
  house: ServerDeps,
  caller: Caller,
  id: string,
  body: Readable,
): Promise<VoicemailDrop | Refusal> {
  const { workspace_id } = caller
  const known = await within(house, caller, (tx) => readVoicemailDrop(tx, workspace_id, id))
  if (known === null) return refuseUnknown('voicemail drop')
  const reply = await stage({ ...house.staging, most_bytes: largest_message_bytes }, body, 'audio/wav')
  if (!reply.ok && reply.reason === 'too_large')
    return refuse('too-large', `A message may have ${largest_message_bytes} bytes.`)
  if (!reply.ok) return refuseAudio
  const { staged } = reply
  const { wav } = staged
  try {
    if (wav === null || !isForPhones(wav)) return refuseAudio
    const { duration_ms } = wav
    await house.objects.put(messageKey(workspace_id, id), staged)
    const kept = await within(house, caller, async (tx) => {
      const held = await keepDropAudio(tx, workspace_id, id, { ...staged, duration_ms }, house.clock.now())
      return held ? readVoicemailDrop(tx, workspace_id, id) : null
    })
    if (kept === null) await house.objects.delete(messageKey(workspace_id, id))
    return kept ?? refuseUnknown('voicemail drop')
  } finally {
    await staged.clear()
  }
}

/** What every carrier plays as it is. */
function isForPhones({ format, channels, rate, bits, duration_ms }: WavHead): boolean {
  const plain = format === 1 && channels === 1 && rate === 8000 && bits === 16
  return plain && duration_ms >= 1 && duration_ms <= 600_000
}

const refuseAudio = refuseValues([
  {
    path: 'body',
    message: 'must be a WAV of at most 10 minutes, with one channel of 16-bit samples at 8000 Hz, as phones play it',
  },
])

export async function findDropAudio(house: ServerDeps, caller: Caller, id: string): Promise<StoredAudio | Refusal> {
  const drop = await within(house, caller, (tx) => readVoicemailDrop(tx, caller.workspace_id, id))
  return (drop && audioOf(caller.workspace_id, drop)) ?? refuseUnknown('audio of this voicemail drop')
}

/** What a carrier is told to play; null for a drop that has neither audio nor a carrier's name. */
export function messageOf(
  house: Pick<ServerDeps, 'clock' | 'secrets' | 'publicUrl'>,
  workspace_id: string,
  drop: DropMessage,
): string | null {
  if (drop.sha256 === null) return drop.message
  const until = String(house.clock.now() + link_ms)
  const token = house.secrets.seal(until, placeOf(workspace_id, drop.id)).toString('base64url')
  return `${house.publicUrl()}/messages/${workspace_id}/${drop.id}/${token}.wav`
}

/** The audio behind an address that a carrier was told; null for one that nobody told, or that is too old. */
export async function openDropLink(
  house: ServerDeps,
  link: { workspace_id: string; id: string; token: string },
): Promise<StoredAudio | null> {
  const { workspace_id, id, token } = link
  if (!(readUntil(house, token, placeOf(workspace_id, id)) > house.clock.now())) return null
  const drop = await inWorkspace(house.pool, { workspace_id }, (tx) => readVoicemailDrop(tx, workspace_id, id))
  return drop && audioOf(workspace_id, drop)
}

/** Epoch ms; 0 for what we never sealed. */
function readUntil({ secrets }: ServerDeps, token: string, place: ReturnType<typeof placeOf>): number {
  try {
    return Number(secrets.open(Buffer.from(token, 'base64url'), place))
  } catch {
    return 0
  }
}

const placeOf = (workspace_id: string, id: string) => ({ workspace_id, table: 'message_links', id })

function audioOf(workspace_id: string, { id, bytes, sha256 }: VoicemailDrop): StoredAudio | null {
  if (bytes === null || sha256 === null) return null
  return { key: messageKey(workspace_id, id), content_type: 'audio/wav', bytes, sha256, file_name: `message-${id}` }
}

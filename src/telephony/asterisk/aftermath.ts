/** What is left of a call once it is over: its legs go free, whom it was put through to is let go. */
import { must, mustTake } from './answers.ts'
import type { Pbx } from './ari.ts'
import { endWhisper, talkBridge } from './arrange.ts'
import { channelOf, readChannel } from './channels.ts'
import { endDetection } from './detection.ts'
import { endGreeting } from './greetings.ts'
import { endThirdParty } from './third.ts'

export async function clearCall(pbx: Pbx, attempt_id: string): Promise<void> {
  const { ari, trunk_id } = pbx
  const id = talkBridge(trunk_id, attempt_id)
  await endThirdParty(pbx, attempt_id)
  await endDetection(pbx, attempt_id)
  await endGreeting(pbx, attempt_id)
  mustTake(await ari.keep('talk', attempt_id, null))
  if (must(await ari.bridge(id)) !== null) await clearBridges(pbx, attempt_id, id)
}

async function clearBridges({ ari, trunk_id, app }: Pbx, attempt_id: string, talk: string): Promise<void> {
  const whispers = `whisper.${trunk_id}.${attempt_id}.`
  for (const { id, channels } of must(await ari.bridges()) ?? []) {
    if (id.startsWith(whispers)) await endWhisper({ ari, trunk_id, app }, id, channels)
  }
  mustTake(await ari.closeBridge(talk))
}

export async function clearLeg({ ari }: Pbx, leg_id: string): Promise<void> {
  for (const kind of ['call', 'muted', 'voiceless'] as const) mustTake(await ari.keep(kind, leg_id, null))
}

/** After nobody listened: calls that live, and attempts without one that have left a bridge or a third party. */
export async function findTalks({ ari, trunk_id }: Pbx): Promise<{ attempt_id: string; lives: boolean }[]> {
  const channels = new Set((must(await ari.channels()) ?? []).map(({ id }) => id))
  const thirds = [...channels].flatMap((id) => {
    const named = readChannel(trunk_id, id)
    return named?.kind === 'third' || named?.kind === 'call' ? named.id : []
  })
  const talking = (must(await ari.bridges()) ?? []).flatMap(({ id }) => {
    const [kind, trunk, attempt_id] = id.split('.')
    return (kind === 'talk' || kind === 'whisper') && trunk === trunk_id && attempt_id ? attempt_id : []
  })
  return [...new Set([...thirds, ...talking])].map((attempt_id) => ({
    attempt_id,
    lives: channels.has(channelOf('call', trunk_id, attempt_id)),
  }))
}

/** The PBX's own account: who is in which bridge, who is silenced, who is led to whose ear. */
import assert from 'node:assert/strict'
import { account_name } from '#telephony/asterisk/settings.ts'
import type { HeardCall } from '#telephony/conformance-harness.ts'
import type { FarEnd } from './far-end.ts'

interface Bridge {
  id: string
  channels: string[]
}

export function createAccount({ url, secret }: Pick<FarEnd, 'url' | 'secret'>, trunk_id: string) {
  const authorization = `Basic ${Buffer.from(`${account_name}:${secret}`).toString('base64')}`
  const ask = async <T>(path: string): Promise<T | null> => {
    const answer = await fetch(`${url}/ari/${path}`, { headers: { authorization } })
    if (answer.status === 404) return null
    assert.ok(answer.ok, `${path}: ${answer.status}`)
    return (await answer.json()) as T
  }
  const variable = async (channel: string, name: string) =>
    (await ask<{ value: string }>(`channels/${channel}/variable?variable=${encodeURIComponent(name)}`))?.value ?? ''
  const kept = async (kind: string, id: string) =>
    (await ask<{ value: string }>(`asterisk/variable?variable=OUTDIAL_${kind}_${id}`))?.value ?? ''
  const isMuted = async (channel: string) => (await kept('MUTED', nameOf(channel))) === '1'
  const isVoiceless = async (channel: string) => (await kept('VOICELESS', nameOf(channel))) === '1'
  const keep = async (channels: string[], holds: (channel: string) => Promise<boolean>) => {
    const held = await Promise.all(channels.map(holds))
    return channels.filter((_, index) => held[index])
  }
  const nameOf = (channel: string) => {
    const [kind, , id = ''] = channel.split('.')
    return kind === 'leg' ? id : kind === 'third' ? 'third_party' : 'customer'
  }

  const describe = async (attempt_id: string, bridges: Bridge[]): Promise<HeardCall> => {
    const membersOf = (kind: string) =>
      bridges.filter(({ id }) => id.startsWith(`${kind}.${trunk_id}.${attempt_id}`)).map(({ channels }) => channels)
    const talk = membersOf('talk').flat()
    const hearing: HeardCall['hearing'] = []
    const lead = (from: string[], to: string[]) => {
      for (const speaker of from) {
        for (const listener of to)
          if (speaker !== listener) hearing.push({ listener: nameOf(listener), speaker: nameOf(speaker) })
      }
    }
    const voices = await keep(talk, async (id) => !(await isMuted(id)) && !(await isVoiceless(id)))
    lead(voices, talk)
    const whisperers: string[] = []
    for (const channels of membersOf('whisper')) {
      const agent = `leg.${trunk_id}.${channels.find((id) => id.startsWith('ear.'))?.split('.')[2]}`
      const boss = channels.filter((id) => id.startsWith('leg.'))
      whisperers.push(...boss)
      lead(await keep(boss, async (id) => !(await isMuted(id))), [agent])
      lead(voices, boss)
    }
    const legs = [...talk, ...whisperers].filter((channel) => channel.startsWith('leg.')).map(nameOf)
    const text = await kept('TALK', attempt_id)
    const leg_id = text === '' ? null : (JSON.parse(text).leg_id as string | null)
    const recording = await ask<{ state: string }>(`recordings/live/${attempt_id}`)
    return {
      attempt_id,
      leg_id: leg_id !== null && legs.includes(leg_id) ? leg_id : null,
      legs: legs.toSorted(),
      hearing: hearing.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      recording: recording === null ? 'off' : recording.state === 'paused' ? 'paused' : 'on',
      digits: '',
    }
  }

  return {
    variable,
    isLiving: async (channel: string) => (await ask(`channels/${channel}`)) !== null,
    /** Null when there is no such bridge. */
    bridge: (id: string) => ask<Bridge>(`bridges/${id}`),
    async overhear(): Promise<HeardCall[]> {
      const bridges = (await ask<Bridge[]>('bridges')) ?? []
      const attempts = bridges.flatMap(({ id }) => (id.startsWith(`talk.${trunk_id}.`) ? (id.split('.')[2] ?? []) : []))
      const calls = await Promise.all(attempts.map((attempt_id) => describe(attempt_id, bridges)))
      // A bridge that is about to be closed.
      return calls.filter(({ legs, hearing }) => legs.length + hearing.length > 0)
    },
  }
}

/** What is asked of a PBX about who is together with whom: bridges, silenced channels, channels that overhear others. */
import { z } from 'zod'
import { type Asking, untilReady } from './asking.ts'

const bridge = z.object({ id: z.string(), channels: z.array(z.string()) })

/** `in` is what comes from a channel's phone, `out` what goes to it. */
interface Snoop {
  spy: 'none' | 'in' | 'out' | 'both'
  whisper: 'none' | 'out'
  app: string
}

export function openBridges({ ask, read }: Asking) {
  const at = (id: string) => `bridges/${encodeURIComponent(id)}`
  const channelAt = (id: string) => `channels/${encodeURIComponent(id)}`
  return {
    bridge: (id: string) => read(at(id), bridge),
    bridges: () => read('bridges', z.array(bridge)),
    /** One that is there already stays as it is. */
    openBridge: (id: string) => ask('POST', at(id), { query: { type: 'mixing' } }),
    closeBridge: (id: string) => ask('DELETE', at(id)),
    /** Out of the bridge it may be in, and into this one, where nobody hears it if it is to be mute. */
    addTo: (id: string, channel: string, { mute }: { mute: boolean }) =>
      untilReady(() => ask('POST', `${at(id)}/addChannel`, { query: { channel, mute: String(mute) } })),
    removeFrom: (id: string, channel: string) => ask('POST', `${at(id)}/removeChannel`, { query: { channel } }),
    /** Nobody hears what comes from its phone, whatever bridge it is in. */
    silence: (id: string) => ask('POST', `${channelAt(id)}/mute`, { query: { direction: 'in' } }),
    unsilence: (id: string) => ask('DELETE', `${channelAt(id)}/mute`, { query: { direction: 'in' } }),
    /** A channel that takes what another one hears or says, or says something to its phone alone. */
    snoop: (id: string, on: string, { spy, whisper, app }: Snoop) =>
      ask('POST', `${channelAt(on)}/snoop/${encodeURIComponent(id)}`, { query: { spy, whisper, app } }),
    play: (id: string, playback: string, media: string) =>
      ask('POST', `${channelAt(id)}/play/${encodeURIComponent(playback)}`, { query: { media } }),
    playback: (id: string) => read(`playbacks/${encodeURIComponent(id)}`, z.object({ state: z.string() })),
    sendTones: (id: string, dtmf: string) => ask('POST', `${channelAt(id)}/dtmf`, { query: { dtmf } }),
  }
}

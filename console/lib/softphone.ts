/**
 * A phone in this page. In: accounts that hold for ten minutes. Out: whether it can be rung, and its audio. It takes every call
 * that comes: whom it is with and what is done with it is the server's. It never dials.
 */
import JsSIP from 'jssip'

export interface SoftphoneAccount {
  url: string
  uri: string
  password: string | null
  expires_at: string
  ice_servers: string[]
}

export type PhoneState = 'connecting' | 'registered' | 'lost'

export interface SoftphoneOptions {
  account: SoftphoneAccount
  /** Another account in time, before the one it has expires. */
  renew: () => Promise<SoftphoneAccount | undefined>
  audio: () => MediaTrackConstraints | true
  /** A supervisor is heard by nobody before they say so. */
  muted: boolean
  onState: (state: PhoneState) => void
}

export interface Softphone {
  /** Another microphone, also in the middle of a call. */
  changeMicrophone(audio: MediaTrackConstraints | true): Promise<void>
  setMuted(muted: boolean): void
  stop(): void
}

const renewBeforeMs = 60_000
const againMs = 5_000

const leftOf = ({ expires_at }: SoftphoneAccount) => Math.max(0, Date.parse(expires_at) - Date.now() - renewBeforeMs)

export function startSoftphone({ account, renew, audio, muted, onState }: SoftphoneOptions): Softphone {
  const speaker = new Audio()
  const asked = new URL(account.url)
  // By the address that this page came from: it is the one that reaches the server from here.
  const url = `${location.origin.replace(/^http/, 'ws')}${asked.pathname}${asked.search}`
  const phone = new JsSIP.UA({
    ...{ sockets: [new JsSIP.WebSocketInterface(url)], uri: account.uri, register_expires: 60 },
    ...(account.password !== null && { password: account.password }),
  })
  let connection: RTCPeerConnection | null = null
  let silent = muted
  let stopped = false

  phone.on('registered', () => onState('registered'))
  phone.on('registrationFailed', () => {
    onState('lost')
    // Such as after the computer slept: the account is none any more.
    renewIn(againMs)
  })
  phone.on('disconnected', () => onState('lost'))
  phone.on('newRTCSession', ({ session, originator }: { session: JsSipSession; originator: string }) => {
    if (originator !== 'remote') return
    session.on('peerconnection', ({ peerconnection }) => {
      connection = peerconnection
      peerconnection.addEventListener('track', ({ track }) => {
        speaker.srcObject = new MediaStream([track])
        void speaker.play()
      })
    })
    session.on('accepted', () => silence(silent))
    session.answer({
      mediaConstraints: { audio: audio(), video: false },
      pcConfig: { iceServers: account.ice_servers.map((urls) => ({ urls })) },
    })
  })
  phone.start()

  function silence(off: boolean): void {
    silent = off
    for (const sender of connection?.getSenders() ?? []) if (sender.track) sender.track.enabled = !off
  }

  let timer: ReturnType<typeof setTimeout>
  function renewIn(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      // A server that is away is asked again.
      const next = await renew().catch(() => undefined)
      if (stopped) return
      if (next === undefined) return renewIn(againMs)
      phone.set('password', next.password ?? '')
      renewIn(leftOf(next))
    }, ms)
  }
  renewIn(leftOf(account))

  return {
    async changeMicrophone(wanted) {
      const [track] = (await navigator.mediaDevices.getUserMedia({ audio: wanted })).getAudioTracks()
      const sender = connection?.getSenders().find((each) => each.track?.kind === 'audio')
      if (track && sender) {
        track.enabled = !silent
        sender.track?.stop()
        await sender.replaceTrack(track)
      }
    },
    setMuted: silence,
    stop() {
      stopped = true
      clearTimeout(timer)
      phone.stop()
      speaker.srcObject = null
    },
  }
}

/** What of the library's session this needs. */
interface JsSipSession {
  on(event: 'peerconnection', listener: (told: { peerconnection: RTCPeerConnection }) => void): void
  on(event: 'accepted', listener: () => void): void
  answer(options: object): void
}

/** A phone in a browser's page: signs in by the page's own session, takes every call, and says what it hears. */
import JsSIP from 'jssip'

let phone = null
let call = null
const failures = []

async function ask(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** A track that nobody listens to has no level. */
function play({ track }) {
  const speaker = new Audio()
  speaker.srcObject = new MediaStream([track])
  void speaker.play()
}

/** Resolves with what becomes of its wish to register. */
function register({ url, uri, password }, as = {}) {
  const ua = new JsSIP.UA({
    ...{ sockets: [new JsSIP.WebSocketInterface(url)], uri, password, register_expires: 60 },
    ...as,
  })
  const told = new Promise((resolve) => {
    ua.on('registered', () => resolve('registered'))
    ua.on('registrationFailed', ({ response, cause }) => resolve(`${response?.status_code ?? cause}`))
    ua.on('disconnected', ({ code }) => resolve(`disconnected ${code}`))
  })
  ua.start()
  return { ua, told }
}

globalThis.softphone = {
  ask,
  async signIn(as) {
    phone?.stop()
    const { data } = await ask('/api/v1/phone-accounts', { as })
    const [account] = data
    const { ua, told } = register(account)
    phone = ua
    ua.on('newRTCSession', ({ session, originator }) => {
      if (originator !== 'remote') return
      call = session
      session.on('peerconnection', ({ peerconnection }) => peerconnection.addEventListener('track', play))
      session.on('failed', ({ cause }) => failures.push(cause))
      session.answer({ mediaConstraints: { audio: true, video: false } })
    })
    return told
  },
  /** Tries it under another's name, or with another password. */
  async tryAs(account, as) {
    const { ua, told } = register(account, as)
    const became = await told
    ua.stop()
    return became
  },
  /** What becomes of a call that the phone itself makes, under another's name where one is given. */
  dial(target, name) {
    return new Promise((resolve) => {
      phone.call(target, {
        ...(name && { fromUserName: name.slice('sip:'.length, name.indexOf('@')) }),
        mediaConstraints: { audio: true, video: false },
        eventHandlers: {
          failed: ({ message, cause }) => resolve(`${message?.status_code ?? cause}`),
          accepted: () => resolve('accepted'),
        },
      })
    })
  },
  async heard() {
    const stats = [...((await call?.connection.getStats())?.values() ?? [])]
    const inbound = stats.find(({ type }) => type === 'inbound-rtp')
    const transport = stats.find(({ type }) => type === 'transport')
    return {
      packets: inbound?.packetsReceived ?? 0,
      level: inbound?.audioLevel ?? 0,
      dtls: transport?.dtlsState ?? null,
      cipher: transport?.srtpCipher ?? null,
      failures,
    }
  },
}

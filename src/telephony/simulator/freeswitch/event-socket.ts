/**
 * The event socket of the fake PBX, on loopback only: `auth`, `api`, `bgapi`, `event plain|json`, `filter`, `exit`. Each
 * command ends with an empty line, may have headers, and is answered in its turn; events come in between.
 */
import { randomUUID } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type EventFormat, frameEvent, framePacket, type SwitchEvent } from './packets.ts'
import { openPbx, type Pbx, type PbxOptions } from './pbx.ts'

export interface FakePbx extends Pick<Pbx, 'run' | 'rung'> {
  port: number
  /** Breaks every connection, and lets no new one come up until it is mended. */
  cut(): void
  mend(): void
  /** Breaks them as soon as a background command begins so: before it is run, or after it was and before it is answered. */
  cutAt(command: string, when: 'before' | 'after'): void
  /** Says nothing any more on the connections that there are, and leaves them open. */
  fallSilent(): void
  /** Ends its calls and forgets them, and whoever was connected is not any more. */
  startAnew(): void
  close(): Promise<void>
}

interface Listener {
  hears(event: SwitchEvent): void
  fallSilent(): void
}

/** On any free port. */
export async function startFakePbx(options: Omit<PbxOptions, 'emit'> & { password: string }): Promise<FakePbx> {
  const listeners = new Map<Socket, Listener>()
  const pbx = openPbx({ ...options, emit: (event) => tell(event) })
  const tell = (event: SwitchEvent) => {
    for (const listener of listeners.values()) listener.hears(event)
  }
  let whole = true
  let fatal: { command: string; when: 'before' | 'after' } | null = null
  const cut = () => {
    whole = false
    disconnect()
  }
  const run = async (command: string) => {
    const when = fatal !== null && command.startsWith(fatal.command) ? fatal.when : null
    if (when !== null) fatal = null
    if (when === 'before') {
      cut()
      return ''
    }
    const answer = pbx.run(command)
    if (when === 'after') cut()
    return answer
  }
  const server = createServer((socket) => {
    socket.setNoDelay(true).on('error', () => socket.destroy())
    if (!whole) return socket.destroy()
    listeners.set(socket, serve(socket, options.password, run, tell))
    socket.on('close', () => listeners.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const disconnect = () => {
    for (const socket of listeners.keys()) socket.destroy()
    listeners.clear()
  }
  return {
    port: (server.address() as AddressInfo).port,
    run: pbx.run,
    rung: pbx.rung,
    cut,
    cutAt(command, when) {
      fatal = { command, when }
    },
    mend() {
      whole = true
    },
    fallSilent() {
      for (const listener of listeners.values()) listener.fallSilent()
    },
    startAnew() {
      pbx.startAnew()
      disconnect()
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      disconnect()
      pbx.startAnew()
      await closed
    },
  }
}

function serve(socket: Socket, password: string, run: Pbx['run'], tell: (event: SwitchEvent) => void): Listener {
  let authed = false
  let silent = false
  let format: EventFormat = 'plain'
  const names = new Set<string>()
  const filters: [name: string, value: string][] = []
  let said = ''
  let answered = Promise.resolve()

  const send = (packet: string) => {
    if (!socket.destroyed && !silent) socket.write(packet)
  }
  const reply = (text: string) => send(framePacket('command/reply', { headers: { 'Reply-Text': text } }))
  const refuse = (text: string) => {
    reply(text)
    socket.end(framePacket('text/disconnect-notice', { body: 'Disconnected, goodbye.\n' }))
  }
  const background = (command: string, job: string) => {
    // The empty line too many is FreeSWITCH's own.
    send(`${framePacket('command/reply', { headers: { 'Reply-Text': `+OK Job-UUID: ${job}`, 'Job-UUID': job } })}\n`)
    const [name = ''] = command.split(' ')
    run(command).then((body) => {
      const headers = { 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': job, 'Job-Command': name }
      tell({ headers, body })
    })
  }
  const answer = async (command: string, headers: Map<string, string>) => {
    const [, word = '', words = ''] = /^(\S+) ?(.*)$/s.exec(command) ?? []
    if (word === 'exit') return refuse('+OK bye')
    if (!authed) {
      if (word !== 'auth') return refuse('-ERR command not found')
      if (words !== password) return refuse('-ERR invalid')
      authed = true
      return reply('+OK accepted')
    }
    if (word === 'api') return send(framePacket('api/response', { body: (await run(words)) || '-ERR no reply\n' }))
    if (word === 'bgapi') return background(words, headers.get('job-uuid') ?? randomUUID())
    if (word === 'event') {
      const [as = '', ...wanted] = words.split(' ')
      if (as !== 'plain' && as !== 'json') return reply('-ERR no keywords supplied')
      format = as
      for (const name of wanted) names.add(name)
      return reply(`+OK event listener enabled ${as}`)
    }
    if (word === 'filter') {
      const [name = '', ...value] = words.split(' ')
      filters.push([name, value.join(' ')])
      return reply(`+OK filter added. [${name}]=[${value.join(' ')}]`)
    }
    reply('-ERR command not found')
  }
  send(framePacket('auth/request', {}))
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text
    for (let end = said.indexOf('\n\n'); end >= 0; end = said.indexOf('\n\n')) {
      const [command = '', ...lines] = said.slice(0, end).trimStart().split('\n')
      said = said.slice(end + 2)
      const headers = new Map(
        lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.split(/: */)[1] ?? '']),
      )
      answered = answered.then(() => answer(command, headers))
    }
  })
  return {
    hears(event) {
      const name = event.headers['Event-Name'] ?? ''
      if (!names.has(name) && !names.has('all')) return
      // Any filter that holds lets an event through.
      if (filters.length > 0 && !filters.some(([header, value]) => event.headers[header] === value)) return
      send(frameEvent(event, format))
    },
    fallSilent() {
      silent = true
    },
  }
}

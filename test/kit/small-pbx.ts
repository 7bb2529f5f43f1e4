/** As much of a PBX as phones in browsers need: what it is told of them, and a socket that says everything back. */
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer } from 'ws'

export interface SmallPbx {
  address: string
  /** What was made, by `kind/id`. */
  objects: Map<string, Record<string, string>>
  variables: Map<string, string>
  /** Resolves once this is so, after whatever it was told. */
  until(so: () => boolean): Promise<void>
  /** Ends the phones' connections. */
  drop(): void
  close(): Promise<void>
}

export async function openSmallPbx(): Promise<SmallPbx> {
  const objects: SmallPbx['objects'] = new Map()
  const variables: SmallPbx['variables'] = new Map()
  const told = new EventEmitter()
  const server = createServer(async (request, reply) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://pbx')
    const [, made] = pathname.split('/dynamic/res_pjsip/')
    const variable = searchParams.get('variable') ?? ''
    const body = await text(request)
    const send = (status: number, answer?: unknown) => {
      reply.writeHead(status).end(answer && JSON.stringify(answer))
      told.emit('something')
    }
    if (made !== undefined && request.method === 'PUT') {
      const { fields } = JSON.parse(body) as { fields: { attribute: string; value: string }[] }
      objects.set(made, Object.fromEntries(fields.map(({ attribute, value }) => [attribute, value])))
      return send(200, [])
    }
    if (made !== undefined) return send(objects.delete(made) ? 204 : 404)
    if (pathname === '/ari/asterisk/variable' && request.method === 'POST') {
      variables.set(variable, searchParams.get('value') ?? '')
      return send(204)
    }
    if (pathname === '/ari/asterisk/variable') {
      const value = variables.get(variable)
      return value === undefined ? send(404) : send(200, { value })
    }
    if (pathname.startsWith('/ari/endpoints/PJSIP')) {
      const names = [...objects.keys()].flatMap((key) => /^endpoint\/(.*)/.exec(key)?.[1] ?? [])
      const all = names.map((resource) => ({ resource, channel_ids: [] }))
      const [, , , , asked] = pathname.split('/')
      if (asked === undefined) return send(200, all)
      const one = all.find(({ resource }) => resource === asked)
      return one === undefined ? send(404) : send(200, one)
    }
    return send(200, [])
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, { url }) => {
    if (url === '/ws') socket.on('message', (message, binary) => socket.send(message, { binary }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...{ objects, variables },
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async until(so) {
      while (!so()) await once(told, 'something')
    },
    drop() {
      for (const socket of sockets.clients) if (socket.protocol === 'sip') socket.terminate()
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

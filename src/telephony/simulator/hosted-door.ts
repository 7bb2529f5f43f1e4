/**
 * The server of an emulated API that speaks JSON. It listens on loopback only: whoever reaches it can make it post anywhere.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: unknown
}

/** `never`: there is none until it is given up. */
export type Answer = { status: number; body: object | null; audio?: Buffer } | 'never'

export interface HostedDoor {
  url: string
  close(): Promise<void>
}

/** On a port of 127.0.0.1; 0 for any free one. */
export async function openHostedDoor(port: number, answer: (asked: Asked) => Answer): Promise<HostedDoor> {
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://carrier')
    const body = parse((await buffer(request)).toString())
    const given = answer({ method: request.method ?? '', path, query, headers: request.headers, body })
    if (given === 'never') return
    if (given.audio) response.writeHead(given.status, { 'content-type': 'audio/wav' }).end(given.audio)
    else send(response, given.status, given.body)
  }
  // A caller may leave a connection idle between two bursts; reusing it must not meet a close.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // A request that breaks off never asked for anything.
    take(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, status: number, body: object | null): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === null ? undefined : JSON.stringify(body))
}

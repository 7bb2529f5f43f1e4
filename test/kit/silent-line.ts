/** A line between a browser and a server on which event streams go silent: nothing is closed, and nothing arrives any more. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SilentLine {
  /** Where the server is reached over this line. */
  url: string
  /** What streams now is heard of no more; what is opened later is. */
  silence(): void
  close(): void
}

export async function openSilentLine(server_url: string): Promise<SilentLine> {
  const { hostname, port } = new URL(server_url)
  const streams = new Set<Socket>()
  const open = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
      socket.pipe(other)
    }
    near.on('data', (sent) => {
      if (sent.includes('GET /api/v1/live')) streams.add(far)
    })
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    silence() {
      for (const stream of streams) stream.unpipe().pause()
      streams.clear()
    },
    close() {
      line.close()
      for (const socket of open) socket.destroy()
    },
  }
}

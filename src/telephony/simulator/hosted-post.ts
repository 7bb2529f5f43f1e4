import { Agent } from 'undici'

const tries = 3
const again_ms = 200
const answer_within_ms = 15_000

/** Delivers JSON, one call's deliveries one after the other; what is not answered 2xx is sent again, and lost in the end. */
export function createHostedPost(trouble: (message: string, cause: unknown) => void) {
  const agent = new Agent({ connections: 64, pipelining: 1 })
  const lines = new Map<string, Promise<void>>()
  const closing = new AbortController()

  const deliver = async (url: string, body: object) => {
    const { origin, pathname, search } = new URL(url)
    for (let left = tries; left > 0 && !closing.signal.aborted; left--) {
      try {
        const response = await agent.request({
          ...{ origin, path: pathname + search, method: 'POST' as const, body: JSON.stringify(body) },
          headers: { 'content-type': 'application/json' },
          signal: AbortSignal.any([AbortSignal.timeout(answer_within_ms), closing.signal]),
        })
        await response.body.dump()
        if (response.statusCode >= 200 && response.statusCode <= 299) return
        trouble('A delivery was refused', new Error(`${response.statusCode}`))
      } catch (cause) {
        if (!closing.signal.aborted) trouble('A delivery was lost', cause)
      }
      await new Promise((resolve) => setTimeout(resolve, again_ms))
    }
  }
  return {
    /** `line`: whose deliveries keep their order. The body is made when it is sent. */
    send(line: string, url: string | null, body: () => object) {
      if (url === null) return
      lines.set(
        line,
        (lines.get(line) ?? Promise.resolve()).then(() => deliver(url, body())),
      )
    },
    async close() {
      closing.abort()
      await Promise.all(lines.values())
      await agent.destroy()
    },
  }
}

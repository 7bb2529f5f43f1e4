import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Carrier, RecordingReply } from './port.ts'

export interface RecordingPlace {
  /** The carrier's own; credentials go nowhere else. */
  origin: string
  headers: Record<string, string>
}

const most_redirects = 3

/**
 * A recording's audio over HTTP. Only from the carrier's own origin, and from where that sends us on over TLS, without
 * credentials: whoever smuggled in another address must not make us read it.
 */
export async function fetchRecording(
  url: string,
  { origin, headers }: RecordingPlace,
  signal: AbortSignal,
): Promise<RecordingReply> {
  if (!URL.canParse(url) || new URL(url).origin !== origin) return refuse(false, 'the recording is at another place')
  try {
    let answer = await fetch(url, { headers, signal, redirect: 'manual' })
    for (let left = most_redirects; isRedirect(answer); left--) {
      const to = new URL(answer.headers.get('location') ?? '', answer.url)
      const own = to.origin === origin
      if (left === 0 || (!own && to.protocol !== 'https:')) return refuse(false, 'the carrier sent us on too often')
      await answer.body?.cancel()
      answer = await fetch(to, { headers: own ? headers : {}, signal, redirect: 'manual' })
    }
    if (answer.status === 200 && answer.body !== null) {
      const content_type = answer.headers.get('content-type')?.split(';')[0]?.trim() ?? 'application/octet-stream'
      return { ok: true, body: Readable.fromWeb(answer.body as ReadableStream), content_type }
    }
    await answer.body?.cancel()
    return refuse(answer.status === 404 || answer.status === 410, `the carrier answered ${answer.status}`)
  } catch (error) {
    return refuse(false, `no answer from the carrier (${(error as Error).message})`)
  }
}

function isRedirect({ status, headers }: Response): boolean {
  return status >= 300 && status < 400 && headers.has('location')
}

/** Of a carrier that records nothing. */
export const openNoRecording: Carrier['openRecording'] = async () =>
  refuse(true, 'calls over this carrier are not recorded')

/** Of a carrier that deletes none, or has none. */
export const forgetNoRecording: Carrier['forgetRecording'] = async () => ({
  ...{ verdict: 'permanent', reason: 'this carrier deletes no recordings' },
})

export function refuse(gone: boolean, reason: string): RecordingReply {
  return { ok: false, gone, reason }
}

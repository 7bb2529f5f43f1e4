import type { FastifyReply, FastifyRequest } from 'fastify'
import parseRanges from 'range-parser'
import { z } from 'zod'
import type { ObjectStore } from '#media/object-store.ts'
import { sendProblem } from './errors.ts'
import { refuse, refuseUnknown } from './problems.ts'

export interface StoredAudio {
  key: string
  content_type: string
  bytes: number
  /** In hex. */
  sha256: string
  /** What a browser saves it as, without its ending. */
  file_name: string
}

export const audioHeaders = z.object({ range: z.string().max(200).exactOptional() })
export const audioAnswer = {
  200: { description: 'The audio', content: { 'audio/*': { schema: z.unknown() } } },
  206: { description: 'The part that was asked for', content: { 'audio/*': { schema: z.unknown() } } },
}

/**
 * Answers with audio, or the one part of it that was asked for (RFC 9110, section 14): a player jumps without loading the
 * rest. Of several parts asked for at once the whole is sent.
 */
export async function sendAudio(
  request: FastifyRequest,
  reply: FastifyReply,
  { key, content_type, bytes, sha256, file_name }: StoredAudio,
  objects: ObjectStore,
): Promise<FastifyReply> {
  const etag = `"${sha256}"`
  const { range, 'if-range': if_range, 'if-none-match': if_none_match } = request.headers
  reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' })
  if (if_none_match === etag) return reply.code(304).send()
  const asked = range === undefined || (if_range !== undefined && if_range !== etag) ? -2 : parseRanges(bytes, range)
  if (asked === -1) {
    reply.header('content-range', `bytes */${bytes}`)
    return sendProblem(reply, refuse('range-not-satisfiable', `The audio has ${bytes} bytes.`))
  }
  const part = asked !== -2 && asked.type === 'bytes' && asked.length === 1 ? asked[0] : undefined
  const [first, last] = part ? [part.start, part.end] : [0, bytes - 1]
  const body = await objects.read(key, { first, last })
  if (body === null) return sendProblem(reply, refuseUnknown('audio'))
  if (part) reply.code(206).header('content-range', `bytes ${first}-${last}/${bytes}`)
  const ending = /^audio\/(?:x-)?([a-z0-9]+)$/.exec(content_type)?.[1]
  return reply
    .headers({
      'content-type': ending ? content_type : 'application/octet-stream',
      'content-length': last - first + 1,
      'content-disposition': `inline; filename="${file_name}${ending ? `.${ending}` : ''}"`,
    })
    .send(body)
}

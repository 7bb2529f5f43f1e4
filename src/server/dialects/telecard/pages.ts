import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OffsetPage } from '#store/offset-page.ts'
import { sendProblem } from '../../http/errors.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'

const mostRows = 1_000

/** What may be left out, and is when it is sent empty. */
export function asked<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
}

/** An integer id, as it stands in an address. */
const digits = z.string().regex(/^\d{1,15}$/, 'must be an integer')
export const numberParam = z.object({ id: digits.transform(Number) })
export const numberQuery = asked(digits.transform(Number))
export const searchQuery = asked(
  z
    .string()
    .max(200)
    .transform((text) => text.trim()),
)

const atLeastOne = digits.transform(Number).pipe(z.number().min(1))
/** Of every list; more than the most rows means the most. */
export const pageQuery = {
  page: asked(atLeastOne),
  page_size: asked(atLeastOne.transform((size) => Math.min(size, mostRows))),
}

/** Reads the page that was asked for and answers it with the addresses of those beside it. */
export async function answerPage<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  { page = 1, page_size = mostRows }: { page?: number | undefined; page_size?: number | undefined },
  read: (place: { limit: number; offset: number }) => Promise<OffsetPage<Row> | Refusal>,
): Promise<FastifyReply> {
  const found = await read({ limit: page_size, offset: (page - 1) * page_size })
  if (isRefusal(found)) return sendProblem(reply, found)
  const pages = Math.max(1, Math.ceil(found.total / page_size))
  if (page > pages) return sendProblem(reply, refuse('not-found', 'Invalid page.'))
  return reply.send({
    count: found.total,
    next: page < pages ? addressOf(request, page + 1) : null,
    previous: page > 1 ? addressOf(request, page - 1) : null,
    results: found.rows,
  })
}

/** The address that was asked for, with another page; the first one goes without. */
function addressOf({ protocol, host, originalUrl }: FastifyRequest, page: number): string {
  const [path = '', query = ''] = originalUrl.split('?')
  const asked = new URLSearchParams(query)
  if (page === 1) asked.delete('page')
  else asked.set('page', String(page))
  return `${protocol}://${host}${path}${asked.size === 0 ? '' : `?${asked}`}`
}

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import {
  describeProblem,
  isRefusal,
  type ProblemSlug,
  problems,
  type Refusal,
  refuse,
  refuseUnknown,
} from './problems.ts'

/** What a refusal looks like to those who ask at a door. */
export type RefusalForm = (refusal: Refusal, requestId: string) => { status: number; type: string; body: unknown }

declare module 'fastify' {
  interface FastifyInstance {
    /** How this part of the server words its refusals; problem documents where nothing is said. */
    refusalForm?: RefusalForm
  }
}

/** The one way in which a refusal leaves; one that says when to come back says it in the header too. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const wait = refusal.members.retry_after_seconds
  if (typeof wait === 'number') reply.header('retry-after', String(wait))
  const { status, type, body } = (reply.server.refusalForm ?? asProblem)(refusal, reply.request.id)
  // Whatever the route's own answers look like, this is none of them.
  return reply
    .code(status)
    .type(type)
    .serializer((text: string) => text)
    .send(JSON.stringify(body))
}

function asProblem(refusal: Refusal, requestId: string) {
  const type = 'application/problem+json; charset=utf-8'
  return { status: problems[refusal.refused].status, type, body: describeProblem(refusal, requestId) }
}

export function answerNowhere(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, refuse('not-found', 'There is no such address.'))
}

/** Sends what a service gave: its refusal as a problem, anything else with this status. */
export function answer<T>(reply: FastifyReply, status: number, result: T | Refusal): FastifyReply {
  return isRefusal(result) ? sendProblem(reply, result) : reply.code(status).send(result)
}

/** The one error handler: what the framework refuses becomes a problem, a bug is logged and becomes a plain 500. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = explainError(error)
  if (problems[refusal.refused].status >= 500) {
    request.log.error({ err: error, route: request.routeOptions.url, request_id: request.id }, 'a request failed')
    if (refusal.refused === 'unavailable') reply.header('retry-after', '1')
  }
  return sendProblem(reply, refusal)
}

function explainError(error: FastifyError): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) return explainValidation(error)
  const slug = byCode[error.code] ?? byStatus[error.statusCode ?? 500]
  if (slug) return refuse(slug, publicDetail(slug, error))
  if (isDatabaseAway(error)) return refuse('unavailable', 'The database can not be reached; try again in a moment.')
  return refuse('internal-error', 'The request failed; the request id leads to the cause in the log.')
}

function explainValidation(
  error: FastifyError & { validation: { instancePath: string; message?: string }[] },
): Refusal {
  // An address with something that is no id names nothing.
  if (error.validationContext === 'params') return refuseUnknown('thing')
  const errors = error.validation.map(({ instancePath, message }) => ({
    path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: message ?? 'is not valid',
  }))
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  return refuse('malformed-request', `${error.validationContext}: ${detail}`.slice(0, 2000), {
    errors: errors.slice(0, 50),
  })
}

const byCode: Record<string, ProblemSlug> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_ERR_VALIDATION: 'malformed-request',
}

const byStatus: Record<number, ProblemSlug> = {
  400: 'malformed-request',
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  415: 'unsupported-media-type',
  431: 'headers-too-large',
}

/** The framework's own messages about a request are safe to show; they quote no more than the request. */
function publicDetail(slug: ProblemSlug, error: FastifyError): string {
  return slug === 'not-found' ? 'There is no such address.' : error.message.slice(0, 500)
}

/** Connection failures and PostgreSQL's classes 08 (connection), 53 (resources), 57P (shutdown), and a statement given up. */
function isDatabaseAway({ code, message }: FastifyError): boolean {
  if (/^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|08...|53...|57P..|57014)$/.test(code ?? '')) return true
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
}

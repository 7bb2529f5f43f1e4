/**
 * The one list of everything this server may refuse, as RFC 9457 problems. A refusal is a value that names one of them;
 * what it says is for the caller, and the cause inside goes to the log alone.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this list' },
  unauthenticated: { status: 401, title: 'A valid API key or session is needed' },
  'wrong-password': { status: 401, title: 'E-mail address and password do not match' },
  'link-spent': { status: 401, title: 'The sign-in link was used or has expired' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'missing-scope': { status: 403, title: "The API key's scopes do not allow this" },
  suspended: { status: 403, title: 'Your membership is suspended' },
  'foreign-origin': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'not-acceptable': { status: 406, title: 'Only an event stream can be answered here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  conflict: { status: 409, title: 'This does not fit the present state' },
  'transition-not-allowed': { status: 409, title: 'The status does not allow this' },
  'not-callable': { status: 409, title: 'The person can not be called now' },
  'consent-missing': { status: 409, title: 'People on the list have given no consent basis' },
  'already-exists': { status: 409, title: 'It exists already' },
  'last-owner': { status: 409, title: 'A workspace keeps at least one owner' },
  'request-in-flight': { status: 409, title: 'The first request with this key is still being answered' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not taken here' },
  'range-not-satisfiable': { status: 416, title: 'There is no such part' },
  'invalid-values': { status: 422, title: 'Some values can not be used' },
  'caller-id-not-registered': { status: 422, title: 'The caller id is not registered on the trunk' },
  'idempotency-key-reused': { status: 422, title: 'The key was used for another request' },
  'upgrade-required': { status: 426, title: 'Only a WebSocket can be answered here' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'carrier-fault': { status: 502, title: 'The carrier did not do it' },
  unavailable: { status: 503, title: 'The server can not answer now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemSlug = keyof typeof problems

/** What is wrong with one value, by its path in the body. */
export interface ValueFault {
  path: string
  message: string
}

export interface Refusal {
  refused: ProblemSlug
  detail: string
  /** Further members of the problem, such as `errors`, `current_status`, `allowed`. */
  members: Record<string, unknown>
  /** What there is none of, for clients who are told so by a code. */
  noun?: string
}

/** A refusal as a value: services return it, the door turns it into an answer. */
export function refuse(refused: ProblemSlug, detail: string, members: Record<string, unknown> = {}): Refusal {
  return { refused, detail, members }
}

/** The answer for what does not exist and for what belongs to somebody else: nobody can tell the two apart. */
export function refuseUnknown(noun: string): Refusal {
  return { ...refuse('not-found', `There is no such ${noun}.`), noun }
}

export function refuseValues(errors: ValueFault[], members: Record<string, unknown> = {}): Refusal {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return refuse('invalid-values', detail, { errors, ...members })
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && 'members' in value
}

/** The body of an `application/problem+json` answer. */
export function describeProblem({ refused, detail, members }: Refusal, requestId: string): Record<string, unknown> {
  const { status, title } = problems[refused]
  return { type: `/problems/${refused}`, title, status, detail, request_id: requestId, ...members }
}

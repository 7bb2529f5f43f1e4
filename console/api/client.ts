import { type components, createOutdialClient } from '@outdial/sdk'
import { served } from '../lib/urls.ts'

/** The session's cookie says who asks. */
export const api = createOutdialClient({ url: location.origin })

export type Schemas = components['schemas']
export type Problem = Schemas['Problem']

/** A refusal of the server; null where no answer came. */
export class Refused extends Error {
  readonly problem: Problem | null
  constructor(problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? 'no answer')
    this.problem = problem
  }
}

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer; throws `Refused`. Whoever is not signed in is led to where they can. */
export async function take<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked.catch(() => {
    throw new Refused(null)
  })
  if (response.status === 401) location.assign(served.signIn)
  if (error !== undefined) throw new Refused(error as Problem)
  return data as Data
}

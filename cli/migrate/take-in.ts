import type { Connection } from '../connection.ts'
import { fail } from '../connection.ts'

export interface Problem {
  status: number
  title: string
  detail?: string
  errors?: { path: string; message: string }[]
}

type Answer<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>

/** The data of an answer, or the problem it is; a server that can't be reached ends the command. */
export async function tell<Data>(asked: Answer<Data>): Promise<{ data: Data } | { problem: Problem }> {
  const { data, error } = await asked.catch((cause: Error) => fail(`The server can't be reached: ${cause.message}`))
  return error === undefined ? { data: data as Data } : { problem: error as Problem }
}

/** Ends the command at a problem that no row is to blame for. */
export function failWith({ detail, title, errors = [] }: Problem): never {
  return fail([detail ?? title, ...errors.map(({ path, message }) => `  ${path}: ${message}`)].join('\n'))
}

/**
 * Sends a thing until the server takes it: a value that it can't use is left out and noted. Needed ones can't be left out;
 * then the problem is given back.
 */
export async function sendWithout<Body extends object, Data>(
  body: Body,
  needed: readonly string[],
  send: (body: Body) => Answer<Data>,
  note: (line: string) => void,
): Promise<{ data: Data } | { problem: Problem }> {
  const tried = { ...body } as Record<string, unknown>
  for (;;) {
    const told = await tell(send(tried as Body))
    if ('data' in told) return told
    const faults = (told.problem.errors ?? []).map((fault) => ({ ...fault, name: fault.path.split('.')[0] ?? '' }))
    const droppable = faults.filter(({ name }) => name in tried && !needed.includes(name))
    if (droppable.length === 0 || droppable.length < faults.length) return told
    for (const { name, message } of droppable) {
      note(`${name} ${message}`)
      delete tried[name]
    }
  }
}

/** Every row of a list of /api/v1, page by page. */
export async function* readAll<Row>(
  page: (cursor: string | undefined) => Answer<{ data: Row[]; next_cursor: string | null }>,
): AsyncGenerator<Row> {
  let cursor: string | undefined
  do {
    const told = await tell(page(cursor))
    if ('problem' in told) return failWith(told.problem)
    yield* told.data.data
    cursor = told.data.next_cursor ?? undefined
  } while (cursor !== undefined)
}

export type Client = Connection['client']

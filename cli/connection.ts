import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOutdialClient, type OutdialClient } from '@outdial/sdk'

/** Words that every command takes. */
export const connectionArgs = {
  url: { type: 'string', description: 'the server (OUTDIAL_URL)', valueHint: 'http://127.0.0.1:3000' },
  key: { type: 'string', description: 'API key (OUTDIAL_API_KEY, else the owner-api-key in the data folder)' },
  json: { type: 'boolean', description: 'print the answer as JSON' },
} as const

export interface ConnectionWords {
  url?: string | undefined
  key?: string | undefined
}

export interface Connection {
  client: OutdialClient
  url: string
  api_key: string
}

/** Finds the server and the key: said on the command line, in the environment, or beside the server on this machine. */
export function connect(words: ConnectionWords): Connection {
  const url = (words.url ?? process.env.OUTDIAL_URL ?? 'http://127.0.0.1:3000').replace(/\/+$/, '')
  const api_key = words.key ?? process.env.OUTDIAL_API_KEY ?? readOwnerKey()
  if (api_key === null) {
    fail('No API key: say --key, set OUTDIAL_API_KEY, or run this in the folder whose data/ holds owner-api-key.')
  }
  return { client: createOutdialClient({ url, api_key }), url, api_key }
}

function readOwnerKey(): string | null {
  const path = join(process.env.OUTDIAL_DATA_DIR ?? 'data', 'owner-api-key')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** Ends the command with a sentence for people. */
export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

interface Problem {
  title: string
  detail?: string
  errors?: { path: string; message: string }[] | undefined
}

/** The data of an answer; a problem ends the command with what the server said. */
export async function expectData<Data>(answer: Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  const { data, error } = await answer.catch((cause: Error) => fail(`The server can't be reached: ${reasonOf(cause)}`))
  if (data !== undefined) return data
  const problem = error as Problem
  const details = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`)
  // What is said of each value is not said twice.
  const whole = problem.detail === details.join('; ') ? problem.title : (problem.detail ?? problem.title)
  return fail([whole, ...details.map((each) => `  ${each}`)].join('\n'))
}

function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}

/**
 * `npm run sql`: the operator's shell on the database, as its owner, past row-level security. Statements come as an
 * argument, through a pipe, or by hand, each ended by a semicolon; the embedded PostgreSQL brings no psql.
 */
import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { refuse } from './command-line.ts'
import { openOwner } from './open-owner.ts'

const reply = await openOwner(console.error)
if (!reply.ok) refuse(reply.refusal)
const { access } = reply
const client = new pg.Client({ ...access.connection, application_name: 'outdial sql' })
client.on('error', (error) => refuse(error.message))
await client.connect()
try {
  const given = process.argv.slice(2).join(' ')
  const isTyped = given === '' && process.stdin.isTTY
  const done = isTyped ? await converse() : await run(given || (await text(process.stdin)))
  if (!done) process.exitCode = 1
} finally {
  await client.end()
  await access.close()
}

/** False when the database refused the statement. */
async function run(sql: string): Promise<boolean> {
  try {
    const answers: pg.QueryResult | pg.QueryResult[] = await client.query(sql)
    for (const answer of [answers].flat()) show(answer)
    return true
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    console.error(`${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`)
    return false
  }
}

function show({ fields, rows, rowCount, command }: pg.QueryResult): void {
  if (fields.length > 0) console.table(rows)
  console.log(`${command}${rowCount === null ? '' : ` ${rowCount}`}`)
}

async function converse(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: 'outdial> ' })
  terminal.prompt()
  let statement = ''
  for await (const line of terminal) {
    statement += `${line}\n`
    if (line.trimEnd().endsWith(';')) {
      await run(statement)
      statement = ''
    }
    terminal.setPrompt(statement === '' ? 'outdial> ' : '    ...> ')
    terminal.prompt()
  }
  return true
}

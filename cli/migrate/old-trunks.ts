import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { fail } from '../connection.ts'
import { type Report, tally } from './report.ts'
import { type Client, failWith, tell } from './take-in.ts'

interface OldTrunk {
  provider: string
  name: string
  settings: Record<string, unknown>
  secret: string
  caller_ids: string[]
}

/** Accounts at carriers and providers, by the names that the older systems gave their variables. */
export function readOldTrunks(env: Record<string, string | undefined>): OldTrunk[] {
  const first = (...names: string[]) => names.map((name) => env[name]?.trim()).find(Boolean)
  const numbers = (...names: string[]) => names.flatMap((name) => env[name]?.split(/[,\s]+/).filter(Boolean) ?? [])
  const trunks: OldTrunk[] = []
  const [account_sid, token] = [first('TWILIO_ACCOUNT_SID'), first('TWILIO_AUTH_TOKEN')]
  if (account_sid && token) {
    const caller_ids = numbers('TWILIO_PHONE_NUMBER', 'TWILIO_FROM_NUMBER', 'TWILIO_CALLER_ID')
    trunks.push({ provider: 'twilio', name: 'Twilio', settings: { account_sid }, secret: token, caller_ids })
  }
  const voipstudio = first('VOIPSTUDIO_API_KEY', 'VOIPSTUDIO_API_TOKEN', 'VOIPSTUDIO_TOKEN')
  if (voipstudio) {
    const caller_ids = numbers('VOIPSTUDIO_CALLER_ID', 'VOIPSTUDIO_PHONE_NUMBER')
    trunks.push({ provider: 'voipstudio', name: 'VoIPStudio', settings: {}, secret: voipstudio, caller_ids })
  }
  const openai = first('OPENAI_API_KEY')
  if (openai) trunks.push({ provider: 'openai', name: 'OpenAI', settings: {}, secret: openai, caller_ids: [] })
  return trunks
}

/** Makes trunks of the accounts in an old .env file, each once; their secrets are sealed there and shown nowhere. */
export async function bringTrunks(client: Client, file: string, report: Report): Promise<void> {
  const wanted = readOldTrunks(readEnvironment(file))
  if (wanted.length === 0) report.notes.push(`${file}: names no account of Twilio, VoIPStudio or OpenAI`)
  const known = await tell(client.GET('/api/v1/trunks'))
  if ('problem' in known) return failWith(known.problem)
  for (const { caller_ids, ...trunk } of wanted) {
    const there = known.data.data.find(({ provider, name }) => provider === trunk.provider && name === trunk.name)
    const told = there ? { data: there } : await tell(client.POST('/api/v1/trunks', { body: trunk }))
    if ('problem' in told) report.notes.push(`trunk ${trunk.name}: ${told.problem.detail ?? told.problem.title}`)
    else {
      await addCallerIds(client, told.data.id, caller_ids, report)
      report.to_do.push(`Make the trunk “${trunk.name}” the default when calls are to go over it.`)
    }
    const here = Number('data' in told)
    tally(report, 'trunks', { in_source: 1, here, left_out: 1 - here })
  }
}

async function addCallerIds(client: Client, id: string, numbers: string[], report: Report): Promise<void> {
  for (const number of numbers) {
    const told = await tell(
      client.POST('/api/v1/trunks/{id}/caller-ids', { params: { path: { id } }, body: { number } }),
    )
    if ('problem' in told) report.notes.push(`caller id ${number}: ${told.problem.detail ?? told.problem.title}`)
  }
}

function readEnvironment(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    return fail(`${file} can't be read: ${(error as Error).message}`)
  }
}

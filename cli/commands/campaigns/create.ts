import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

const modes = ['ai', 'broadcast', 'manual', 'preview', 'power', 'progressive', 'predictive'] as const

export default defineCommand({
  meta: { name: 'create', description: 'make a campaign' },
  args: {
    ...connectionArgs,
    name: { type: 'string', required: true, description: 'what people call it' },
    mode: { type: 'enum', options: [...modes], default: 'broadcast', description: 'how it dials' },
    window: { type: 'string', description: 'hours in which it calls', valueHint: '09:00-18:00' },
    'hours-zone': { type: 'enum', options: ['campaign', 'person'], description: 'whose clock the window is on' },
    'time-zone': { type: 'string', description: "the campaign's zone", valueHint: 'America/New_York' },
    'caller-id': {
      type: 'string',
      description: 'the number that is shown; `local`: of the registered ones the nearest',
    },
    'trunk-choice': {
      type: 'enum',
      options: ['fixed', 'least_cost'],
      description: 'its own trunk, or for each call the cheapest that serves the number',
    },
    agents: { type: 'string', description: 'who takes its calls: ids, with commas between them', valueHint: 'id,id' },
    'max-attempts': { type: 'string', description: 'tries for each lead' },
    'daily-limit': { type: 'string', description: 'dials a day' },
    'abandon-cap': { type: 'string', description: 'live answers that may be abandoned, in %', valueHint: '3' },
  },
  async run({ args }) {
    const { client } = connect(args)
    const window = args.window === undefined ? null : readWindow(args.window)
    const made = await expectData(
      client.POST('/api/v1/campaigns', {
        body: {
          name: args.name,
          mode: args.mode as (typeof modes)[number],
          ...(window ?? {}),
          ...(args['hours-zone'] ? { hours_zone: args['hours-zone'] as 'campaign' | 'person' } : {}),
          ...(args['time-zone'] ? { time_zone: args['time-zone'] } : {}),
          ...callerIdOf(args['caller-id']),
          ...(args['trunk-choice'] ? { trunk_choice: args['trunk-choice'] as 'fixed' | 'least_cost' } : {}),
          ...(args.agents ? { agent_ids: args.agents.split(',') } : {}),
          ...(args['max-attempts'] ? { max_attempts: Number(args['max-attempts']) } : {}),
          ...(args['daily-limit'] ? { daily_limit: Number(args['daily-limit']) } : {}),
          ...(args['abandon-cap'] ? { abandon_cap_percent: Number(args['abandon-cap']) } : {}),
        },
      }),
    )
    if (args.json) console.log(JSON.stringify(made))
    else console.log(`campaign ${made.number} "${made.name}" is a draft (${made.id})`)
  },
})

function callerIdOf(text: string | undefined): { caller_id?: string; caller_id_choice?: 'local' } {
  if (!text) return {}
  return text === 'local' ? { caller_id_choice: text } : { caller_id: text }
}

function readWindow(text: string): { window_start: string; window_end: string } {
  const [, window_start, window_end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? []
  if (!window_start || !window_end) fail(`--window ${text} is not of the form 09:00-18:00`)
  return { window_start, window_end }
}

import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

const periods = ['day', 'week', 'month'] as const
const figures = ['sales', 'calls', 'talk', 'conversion'] as const

export default defineCommand({
  meta: { name: 'leaderboard', description: 'who did most in a day, week or month' },
  args: {
    ...connectionArgs,
    period: { type: 'enum', options: [...periods], default: 'day', description: 'how long' },
    by: { type: 'enum', options: [...figures], default: 'sales', description: 'what counts' },
    date: { type: 'string', description: 'a day of the period, if not today', valueHint: '2026-03-04' },
    team: { type: 'string', description: "a team's id" },
  },
  async run({ args }) {
    const query = {
      period: args.period as (typeof periods)[number],
      by: args.by as (typeof figures)[number],
      ...(args.date ? { date: args.date } : {}),
      ...(args.team ? { team_id: args.team } : {}),
    }
    const ranked = await expectData(connect(args).client.GET('/api/v1/agents/leaderboard', { params: { query } }))
    if (args.json) return console.log(JSON.stringify(ranked.data))
    console.table(
      ranked.data.map(({ rank, name, sales, answered, calls, missed, talk_ms, conversion_percent }) => ({
        ...{ rank, name, sales, answered, calls, missed, 'talk, minutes': Math.round(talk_ms / 60_000) },
        'conversion, %': conversion_percent,
      })),
    )
  },
})

import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'add', description: 'promise a call to a lead' },
  args: {
    ...connectionArgs,
    lead: { type: 'positional', required: true, description: 'id' },
    time: {
      type: 'positional',
      required: true,
      description: "on the person's clock (2026-11-23T15:00), or an instant (2026-11-23T20:00:00Z)",
    },
    agent: { type: 'string', description: 'whose call it is; the team’s without', valueHint: 'id' },
    note: { type: 'string', description: 'what it is about' },
  },
  async run({ args }) {
    const { client } = connect(args)
    const isInstant = /(Z|[+-]\d\d:\d\d)$/.test(args.time)
    const made = await expectData(
      client.POST('/api/v1/callbacks', {
        body: {
          lead_id: args.lead,
          ...(isInstant ? { at: args.time } : { local_time: args.time }),
          ...(args.agent === undefined ? {} : { agent_id: args.agent }),
          ...(args.note === undefined ? {} : { note: args.note }),
        },
      }),
    )
    if (args.json) console.log(JSON.stringify(made))
    else console.log(`promised for ${made.local_time} in ${made.time_zone} (${made.id})`)
  },
})

import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'board', description: 'who is signed on, and what they do' },
  args: connectionArgs,
  async run({ args }) {
    const query = { limit: 1000 }
    const { data } = await expectData(connect(args).client.GET('/api/v1/agent-sessions', { params: { query } }))
    if (args.json) return console.log(JSON.stringify(data))
    console.table(
      data.map(({ agent_number, agent_name, state, age_ms, reason, leg }) => {
        const line = leg?.state ?? 'none'
        return { number: agent_number, name: agent_name, state, 'for, s': Math.round(age_ms / 1000), reason, line }
      }),
    )
  },
})

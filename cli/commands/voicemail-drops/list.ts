import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'list', description: 'the messages that agents can leave on answering machines' },
  args: connectionArgs,
  async run({ args }) {
    const { client } = connect(args)
    const { data } = await expectData(client.GET('/api/v1/voicemail-drops', { params: { query: { limit: 1000 } } }))
    if (args.json) return console.log(JSON.stringify(data))
    console.table(data, ['id', 'name', 'message', 'duration_seconds', 'usage_count'])
  },
})

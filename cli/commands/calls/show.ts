import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'show', description: 'one call with everything its carrier told of it' },
  args: { ...connectionArgs, call: { type: 'positional', required: true, description: 'id' } },
  async run({ args }) {
    const { client } = connect(args)
    const params = { params: { path: { id: args.call } } }
    const call = await expectData(client.GET('/api/v1/calls/{id}', params))
    const events = await expectData(client.GET('/api/v1/calls/{id}/events', params))
    if (args.json) return console.log(JSON.stringify({ ...call, events: events.data }))
    console.table(call)
    console.table(events.data)
  },
})

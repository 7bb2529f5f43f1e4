import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'erase', description: 'forget a person; their numbers stay blocked' },
  args: {
    ...connectionArgs,
    contact: { type: 'positional', required: true, description: 'id' },
    reason: { type: 'string', required: true, description: 'why; it is kept, so it names nobody' },
  },
  async run({ args }) {
    const { client } = connect(args)
    const params = { path: { id: args.contact } }
    const erasure = await expectData(
      client.POST('/api/v1/contacts/{id}/erase', { params, body: { reason: args.reason } }),
    )
    if (args.json) return console.log(JSON.stringify(erasure))
    console.table(erasure.erased_rows)
    console.log(`erased at ${erasure.erased_at}, ${erasure.numbers} numbers stay blocked (certificate ${erasure.id})`)
  },
})

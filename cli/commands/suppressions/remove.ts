import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'remove', description: 'take a block back' },
  args: {
    ...connectionArgs,
    suppression: { type: 'positional', required: true, description: "id of a single block, or with --list a list's" },
    reason: { type: 'string', required: true, description: 'why; it is kept' },
    list: { type: 'boolean', description: 'a whole list' },
  },
  async run({ args }) {
    const { client } = connect(args)
    const sent = { params: { path: { id: args.suppression } }, body: { reason: args.reason } }
    const removed = args.list
      ? await expectData(client.POST('/api/v1/suppression-lists/{id}/remove', sent))
      : await expectData(client.POST('/api/v1/suppressions/{id}/remove', sent))
    if (args.json) console.log(JSON.stringify(removed))
    else if ('number' in removed) console.log(`${removed.number} is not blocked by it any more`)
    else console.log(`the list “${removed.name}” blocks nobody any more`)
  },
})

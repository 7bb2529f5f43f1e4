import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'create', description: 'somebody who talks: at a browser, an extension or an outside number' },
  args: {
    ...connectionArgs,
    name: { type: 'string', required: true, description: 'who it is' },
    extension: { type: 'string', description: 'rung there', valueHint: '701' },
    number: { type: 'string', description: 'rung there', valueHint: '+12125550100' },
    user: { type: 'string', description: 'who signs in as this agent at a browser', valueHint: 'id' },
  },
  async run({ args }) {
    const { name, extension, number, user } = args
    if ([extension, number, user].filter(Boolean).length > 1) fail('name one of --extension, --number and --user')
    const reached = extension
      ? { reached_at: 'extension' as const, extension }
      : number
        ? { reached_at: 'outside' as const, phone_number: number }
        : { reached_at: 'browser' as const, ...(user ? { user_id: user } : {}) }
    const made = await expectData(connect(args).client.POST('/api/v1/agents', { body: { name, ...reached } }))
    if (args.json) console.log(JSON.stringify(made))
    else console.log(`agent ${made.number} "${made.name}" is reached at ${made.reached_at} (${made.id})`)
  },
})

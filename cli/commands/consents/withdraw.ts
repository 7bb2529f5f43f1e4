import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'withdraw', description: 'a person takes their consent back' },
  args: {
    ...connectionArgs,
    number: { type: 'positional', required: true, description: 'whose number' },
    reason: { type: 'string', required: true, description: 'how they said so' },
  },
  async run({ args: { number, reason, ...args } }) {
    const gone = await expectData(connect(args).client.POST('/api/v1/consents/withdraw', { body: { number, reason } }))
    if (args.json) console.log(JSON.stringify(gone))
    else console.log(`${gone.number}: no AI and no recorded voice calls it any more`)
  },
})

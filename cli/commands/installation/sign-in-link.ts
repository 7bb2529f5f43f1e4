import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'sign-in-link', description: 'a one-time link that signs you in, in a browser' },
  args: connectionArgs,
  async run({ args }) {
    const link = await expectData(connect(args).client.POST('/api/v1/sign-in-links', {}))
    console.log(args.json ? JSON.stringify(link) : link.url)
  },
})

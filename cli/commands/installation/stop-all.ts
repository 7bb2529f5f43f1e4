import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'stop-all', description: 'pause every campaign that calls, now' },
  args: connectionArgs,
  async run({ args }) {
    const { paused } = await expectData(connect(args).client.POST('/api/v1/stop-all', {}))
    console.log(args.json ? JSON.stringify({ paused }) : `${paused} campaigns paused; no new call leaves`)
  },
})

import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'status', description: 'who you are, what calls, and which limits are in use' },
  args: connectionArgs,
  async run({ args }) {
    const { client, url } = connect(args)
    const me = await expectData(client.GET('/api/v1/me'))
    const limits = await expectData(client.GET('/api/v1/limits'))
    const running = await expectData(client.GET('/api/v1/campaigns', { params: { query: { status: 'active' } } }))
    if (args.json) return console.log(JSON.stringify({ url, me, limits, running: running.data }))
    console.log(`${url}: ${me.user.name} (${me.user.role}) in ${me.workspace.name}`)
    console.log(running.data.length === 0 ? 'no campaign is active' : 'active campaigns:')
    for (const campaign of running.data) console.log(`  ${campaign.number} ${campaign.name}`)
    const named = (kind: string, rows: { name: string; limit: number | null; in_use: number; free: number | null }[]) =>
      rows.map(({ name, limit, in_use, free }) => ({ limit: `${kind} ${name}`, allowed: limit, in_use, free }))
    console.table([
      ...named('installation', [{ name: '', ...limits.installation }]),
      ...named('workspace', [{ name: '', ...limits.workspace }]),
      ...named('user', limits.users),
      ...named('trunk', limits.trunks),
    ])
  },
})

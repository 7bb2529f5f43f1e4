import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'look-up', description: 'what blocks a number' },
  args: { ...connectionArgs, number: { type: 'positional', required: true, description: 'the phone number' } },
  async run({ args }) {
    const { client } = connect(args)
    const query = { number: args.number }
    const found = await expectData(client.GET('/api/v1/suppressions/look-up', { params: { query } }))
    if (args.json) return console.log(JSON.stringify(found))
    console.log(`${found.number} is ${found.suppressed ? 'blocked' : 'not blocked'}`)
    const singles = found.suppressions.map(({ id, scope, brand, campaign_id, source, reason, expires_at }) => {
      return { id, scope, of: brand ?? campaign_id ?? '', source, reason, expires_at: expires_at ?? 'never' }
    })
    const lists = found.lists.map(({ id, name, scope, brand, campaign_id, region, country, source, expires_at }) => {
      const of = brand ?? campaign_id ?? region ?? country ?? ''
      return { id, scope, of, source, reason: `on the list “${name}”`, expires_at: expires_at ?? 'never' }
    })
    if (found.suppressed) console.table([...singles, ...lists])
  },
})

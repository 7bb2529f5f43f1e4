import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'show', description: 'the packs, or the rows of one; `custom` is the workspace’s own' },
  args: {
    ...connectionArgs,
    pack: { type: 'positional', required: false, description: 'us, uk, in, pk, eu, default or custom' },
  },
  async run({ args }) {
    const { client } = connect(args)
    if (args.pack === 'custom') {
      return console.log(JSON.stringify(await expectData(client.GET('/api/v1/rule-packs/custom')), null, 2))
    }
    const { data } = await expectData(client.GET('/api/v1/rule-packs'))
    if (args.pack !== undefined) {
      const pack = data.find(({ id }) => id === args.pack) ?? fail(`There is no pack ${args.pack}.`)
      return console.log(JSON.stringify(pack, null, 2))
    }
    if (args.json) return console.log(JSON.stringify(data))
    console.table(
      data.map(({ id, version, countries, rules }) => {
        return { id, version, countries: countries.join(' '), rows: Object.values(rules).flat().length }
      }),
    )
  },
})

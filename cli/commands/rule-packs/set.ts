import { readFileSync } from 'node:fs'
import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'set', description: 'put the workspace’s own rules in place of those it had' },
  args: {
    ...connectionArgs,
    file: { type: 'positional', required: true, description: 'JSON: rows by kind' },
    reason: { type: 'string', required: true, description: 'why; kept for good' },
  },
  async run({ args }) {
    const rules = readRules(args.file)
    const body = { rules, reason: args.reason }
    const set = await expectData(connect(args).client.PUT('/api/v1/rule-packs/custom', { body }))
    if (args.json) return console.log(JSON.stringify(set))
    console.log(`version ${set.version} holds from now on`)
    for (const each of set.loosens) console.log(`  looser than before: ${each}`)
  },
})

function readRules(path: string): Record<string, never> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, never>
  } catch (error) {
    return fail(`${path} can't be read as JSON: ${(error as Error).message}`)
  }
}

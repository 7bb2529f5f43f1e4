import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'add', description: 'record what a person agreed to' },
  args: {
    ...connectionArgs,
    number: { type: 'positional', required: true, description: 'whose number' },
    basis: { type: 'string', required: true, description: 'what it rests on', valueHint: 'written' },
    source: { type: 'string', required: true, description: 'where it can be looked up' },
    text: { type: 'string', description: 'the words the person agreed to' },
    'given-at': { type: 'string', description: 'when; now unless said', valueHint: '2026-11-20T10:00:00Z' },
  },
  async run({ args }) {
    const given_at = args['given-at']
    const { number, basis, source, text = '' } = args
    const body = { number, basis, source, text, ...(given_at === undefined ? {} : { given_at }) }
    const made = await expectData(connect(args).client.POST('/api/v1/consents', { body }))
    if (args.json) console.log(JSON.stringify(made))
    else console.log(`${made.number}: ${made.basis} (${made.strength}), given ${made.given_at}`)
  },
})

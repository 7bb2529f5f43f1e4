import type { components } from '@outdial/sdk'
import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData } from '../../connection.ts'

type DryRun = components['schemas']['CampaignDryRun']

export default defineCommand({
  meta: { name: 'dry-run', description: 'whom it would call and when, and when it would be through; calls nobody' },
  args: { ...connectionArgs, campaign: { type: 'positional', required: true, description: 'number or id' } },
  async run({ args }) {
    const connection = connect(args)
    const id = await findCampaignId(connection, args.campaign)
    const dry = await expectData(connection.client.GET('/api/v1/campaigns/{id}/dry-run', { params: { path: { id } } }))
    if (args.json) console.log(JSON.stringify(dry))
    else show(dry)
  },
})

function show({ leads, reasons, finish, cost, assumptions, counted_at }: DryRun): void {
  const done = Object.values(leads.done).reduce((sum, count) => sum + count, 0)
  console.log(
    `Of ${leads.total} leads ${leads.now} may be called now, ${leads.later} later, ${leads.never} never; ` +
      `${leads.calling} are in a call, ${done} are done. Counted as of ${counted_at}.`,
  )
  for (const [when, list] of [
    ['later', reasons.later],
    ['never', reasons.never],
  ] as const) {
    for (const { count, sentence, rule } of list) console.log(`  ${when}: ${count} · ${sentence} (${rule})`)
  }
  if (finish.finishes_at === null) console.log(`It does not finish: ${finish.reason?.sentence}`)
  else console.log(`Through at ${finish.finishes_at} (${finish.earliest} to ${finish.latest}), ${finish.dials} dials.`)
  if (cost) console.log(`About ${cost.amount} ${cost.currency} for ${finish.talk_minutes} started minutes of talk.`)
  console.log(`${assumptions.lines} calls at once (${assumptions.bound_by}). ${assumptions.sentences.join(' ')}`)
}

import { defineCommand } from 'citty'
import { findCampaignId } from './campaign-ref.ts'
import { connect, connectionArgs, expectData } from './connection.ts'

/** A command that moves a campaign to another status. */
export function actCommand(act: 'pause' | 'stop', description: string) {
  return defineCommand({
    meta: { name: act, description },
    args: { ...connectionArgs, campaign: { type: 'positional', required: true, description: 'number or id' } },
    async run({ args }) {
      const connection = connect(args)
      const id = await findCampaignId(connection, args.campaign)
      const moved = await expectData(
        connection.client.POST(`/api/v1/campaigns/{id}/${act}`, { params: { path: { id } }, body: {} }),
      )
      showMoved(moved, args.json === true)
    },
  })
}

export function showMoved(moved: { number: number; name: string; status: string }, asJson: boolean): void {
  if (asJson) console.log(JSON.stringify(moved))
  else console.log(`campaign ${moved.number} "${moved.name}" is ${moved.status}`)
}

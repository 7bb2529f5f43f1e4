import { defineCommand } from 'citty'
import { connect, connectionArgs, fail } from '../../connection.ts'
import { bringOver } from '../../migrate/bring-over.ts'
import { readCampaignSystem } from '../../migrate/campaign-systems.ts'
import { declareConsent } from '../../migrate/consent.ts'
import { readOldFiles } from '../../migrate/old-files.ts'
import { bringTrunks } from '../../migrate/old-trunks.ts'
import { isComplete, printReport } from '../../migrate/report.ts'
import { readTelecard } from '../../migrate/telecard.ts'
import { readVoipstudio } from '../../migrate/voipstudio.ts'

const readers = {
  telecard: readTelecard,
  voipstudio: readVoipstudio,
  callcampaign: readCampaignSystem('callcampaign'),
  campaignqueue: readCampaignSystem('campaignqueue'),
}
type Source = keyof typeof readers

export default defineCommand({
  meta: {
    name: 'migrate',
    description: 'take over agents, campaigns, leads and past calls of an older system; run it as often as you like',
  },
  args: {
    ...connectionArgs,
    from: { type: 'positional', required: true, description: Object.keys(readers).join(', ') },
    files: { type: 'positional', required: true, description: 'a folder of its lists saved as JSON, and of CSVs' },
    consent: { type: 'string', description: 'on what ground its people may be called, in a sentence: you declare it' },
    env: {
      type: 'string',
      description: "the old system's .env file, whose carrier accounts become trunks",
      valueHint: 'FILE',
    },
  },
  async run({ args }) {
    const source = readSource(args.from)
    const { client } = connect(args)
    const report = await bringOver(client, source, readers[source](readOldFiles(args.files)))
    if (args.env) await bringTrunks(client, args.env, report)
    await declareConsent(client, args.consent ?? null, report)
    report.to_do.push('When the counts agree and calls go out here, stop the old system: nobody may be called by both.')
    if (args.json) console.log(JSON.stringify({ ...report, lines: Object.fromEntries(report.lines) }))
    else printReport(report)
    if (!isComplete(report)) process.exitCode = 1
  },
})

function readSource(said: string): Source {
  const source = Object.keys(readers).find((name) => name === said)
  return (source as Source | undefined) ?? fail(`"${said}" is none of ${Object.keys(readers).join(', ')}`)
}

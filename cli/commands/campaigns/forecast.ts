import type { components } from '@outdial/sdk'
import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

type Forecast = components['schemas']['CampaignForecast']
type Setting = NonNullable<Forecast['as_is']>
const modes = ['progressive', 'power', 'predictive'] as const

export default defineCommand({
  meta: {
    name: 'forecast',
    description: 'how busy agents would be, how many be abandoned, until when: as it is and what if',
  },
  args: {
    ...connectionArgs,
    campaign: { type: 'positional', required: true, description: 'number or id' },
    agents: { type: 'string', description: 'how many work' },
    cap: { type: 'string', description: 'of live answers that may be abandoned, in %', valueHint: '3' },
    hours: { type: 'string', description: 'of a working day' },
    leads: { type: 'string', description: 'still to be called' },
    mode: { type: 'enum', options: [...modes], description: 'how it dials' },
  },
  async run({ args }) {
    const connection = connect(args)
    const id = await findCampaignId(connection, args.campaign)
    const { agents, cap: abandon_cap_percent, hours, leads } = args
    const numbers = Object.entries({ agents, abandon_cap_percent, hours, leads }).flatMap(([name, said]) =>
      said === undefined ? [] : [[name, toNumber(name, said)] as const],
    )
    const query = {
      ...Object.fromEntries(numbers),
      ...(args.mode ? { mode: args.mode as (typeof modes)[number] } : {}),
    }
    const asking = connection.client.GET('/api/v1/campaigns/{id}/forecast', { params: { path: { id }, query } })
    const forecast = await expectData(asking)
    if (args.json) console.log(JSON.stringify(forecast))
    else show(forecast)
  },
})

function toNumber(name: string, said: string): number {
  const value = Number(said)
  return Number.isFinite(value) ? value : fail(`${name}: "${said}" is no number`)
}

function show({ as_is, what_if, assumptions }: Forecast): void {
  const columns = {
    ...(as_is ? { 'as it is': column(as_is) } : {}),
    ...(what_if ? { 'what if': column(what_if) } : {}),
  }
  const names = Object.keys(column((as_is ?? what_if) as Setting)) as (keyof ReturnType<typeof column>)[]
  console.table(
    Object.fromEntries(
      names.map((name) => [
        name,
        Object.fromEntries(Object.entries(columns).map(([of, values]) => [of, values[name]])),
      ]),
    ),
  )
  console.log(`In brackets what eight of ten days lie within. ${assumptions.join(' ')}`)
}

function column(setting: Setting) {
  const { mode, agents, abandon_cap_percent, hours, leads, finishes_at } = setting
  return {
    ...{ mode, agents, 'abandon cap, %': abandon_cap_percent, 'hours a day': hours, leads },
    'utilisation, %': say(setting.utilisation_percent),
    'abandoned, %': say(setting.abandoned_percent),
    'live answers a day': say(setting.live_answers),
    'dials a day': say(setting.dials),
    'working days': setting.working_days === null ? 'no end in sight' : say(setting.working_days),
    'through at': finishes_at.middle ?? '',
  }
}

function say({ low, middle, high }: { low: number; middle: number; high: number }): string {
  return `${middle} [${low} to ${high}]`
}

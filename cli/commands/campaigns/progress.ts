import { setTimeout as wait } from 'node:timers/promises'
import type { components } from '@outdial/sdk'
import { defineCommand } from 'citty'
import { Presets, SingleBar } from 'cli-progress'
import { findCampaignId } from '../../campaign-ref.ts'
import { type Connection, connect, connectionArgs, expectData } from '../../connection.ts'

type Progress = components['schemas']['CampaignProgress']

const everyMs = 500

export default defineCommand({
  meta: { name: 'progress', description: 'how far a campaign is, and why it dials or does not' },
  args: {
    ...connectionArgs,
    campaign: { type: 'positional', required: true, description: 'number or id' },
    watch: { type: 'boolean', description: 'a progress bar until nobody is callable now' },
  },
  async run({ args }) {
    const connection = connect(args)
    const id = await findCampaignId(connection, args.campaign)
    const progress = args.watch ? await watch(connection, id) : await read(connection, id)
    if (args.json) console.log(JSON.stringify(progress))
    else show(progress)
  },
})

function read({ client }: Connection, id: string): Promise<Progress> {
  return expectData(client.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } }))
}

async function watch(connection: Connection, id: string): Promise<Progress> {
  const bar = new SingleBar({ format: '{bar} {value}/{total} leads done · {state}' }, Presets.rect)
  let progress = await read(connection, id)
  bar.start(progress.leads.total, 0)
  for (;;) {
    bar.setTotal(progress.leads.total)
    bar.update(countDone(progress), { state: `${progress.attempts.in_flight} calls up` })
    if (progress.status !== 'active' || (progress.due_now === 0 && progress.attempts.in_flight === 0)) break
    await wait(everyMs)
    progress = await read(connection, id)
  }
  bar.stop()
  return progress
}

function countDone({ leads }: Progress): number {
  const open = ['pending', 'calling', 'callback'].reduce((sum, status) => sum + (leads.by_status[status] ?? 0), 0)
  return leads.total - open
}

function show(progress: Progress): void {
  console.log(`${progress.status}: ${progress.diagnosis.sentence}`)
  console.table({
    leads: progress.leads.total,
    done: countDone(progress),
    'due now': progress.due_now,
    'in flight': progress.attempts.in_flight,
    dialed: progress.attempts.dialed,
    answered: progress.attempts.answered,
    ...prefixed('outcome', progress.by_outcome),
    ...prefixed('skipped', progress.skipped_by_reason),
    ...prefixed('waiting', progress.waiting.by_rule),
  })
}

function prefixed(word: string, counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${word}: ${name}`, count]))
}

/**
 * What the demo has not: a floor at work, and audio. In: nothing; servers of their own, one with people who answer. Out: pages
 * for whoever takes pictures.
 */
import type { Page } from 'playwright-core'
import { visit } from '#kit/console.ts'
import { addPastFloor, addRecording, readTenant } from '#kit/console-calls.ts'
import { openConsole } from '#kit/console-server.ts'
import { openDeskFloor } from '#kit/desk-floor.ts'
import { zoneAtNoon } from '../../test/chaos/list.ts'

type Take = (page: Page, name: string) => Promise<void>

const steps = [
  {
    key: 'open',
    text: 'Good day, {{ first_name }}. I am calling about your {{ plan }}.',
    branches: [{ label: 'Has time', goes_to: 'offer' }],
  },
  { key: 'offer', text: 'From January you would pay a third less, for the same cover.' },
]
const callers = ['Grace Hopper', 'Alan Turing', 'Joan Clarke', 'Mary Jackson', 'Ada Lovelace', 'Edsger Dijkstra']

export async function pictureFloor(take: Take): Promise<void> {
  const floor = await openDeskFloor()
  try {
    const visitors = await Promise.all(['Bela', 'Chandra', 'Dana', 'Emre'].map((name) => floor.join(name, 'agent')))
    const agents: { id: string }[] = await Promise.all(
      visitors.map(({ user_id }, place) =>
        floor.ask('POST', '/agents', { name: ['Bela', 'Chandra', 'Dana', 'Emre'][place], user_id }),
      ),
    )
    const script = await floor.ask('POST', '/scripts', { name: 'Renewal', steps })
    const people = callers.map((full_name, place) => ({
      ...{ full_name, phone: `+121220055${place + 10}`, company: 'Navy' },
      custom: { plan: 'household insurance' },
      time_zone: zoneAtNoon(Date.now()),
    }))
    const settings = { script_id: script.id, wrap_up_seconds: 120 }
    const ids = agents.slice(0, 3).map(({ id }) => id)
    const campaign = await floor.startCampaign(ids, people, settings)
    const [bela, chandra, dana] = visitors.map(({ page }) => page) as [Page, Page, Page]
    for (const page of [bela, chandra, dana]) {
      await page.goto(`${floor.url}/desk`)
      await page.getByRole('button', { name: 'Sign on, ready for calls' }).click()
      await page.locator('[data-state=on_call]').waitFor()
    }
    await take(bela, 'desk-on-call')
    await chandra.keyboard.press('x')
    await chandra.locator('[data-state=wrap_up]').waitFor()
    await take(chandra, 'desk-wrap-up')
    const { page } = await floor.signIn()
    for (const [name, path] of [
      ['wallboard-at-work', '/wallboard'],
      ['calls-up', '/calls?live=true'],
      ['campaign-at-work', `/campaigns/${campaign}`],
    ] as const) {
      await visit(page, path)
      await take(page, name)
    }
  } finally {
    await floor.close()
  }
}

export async function pictureRecording(take: Take): Promise<void> {
  const server = await openConsole()
  try {
    const tenant = await readTenant(server.db)
    const call = (await addPastFloor(server.db, tenant, 60)).calls.at(-1) as string
    await addRecording(server.db, tenant, call, server.data_dir)
    const { page } = await server.signIn()
    for (const [name, path] of [
      ['call-with-audio', `/calls/${call}`],
      ['recordings-with-audio', '/recordings'],
    ] as const) {
      await visit(page, path)
      await take(page, name)
    }
  } finally {
    await server.close()
  }
}

/** People who answer, and members who look at the floor in a browser: what a test of the desk or the wallboard begins with. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Visitor } from './console.ts'
import { type ConsoleServer, openConsole } from './console-server.ts'

/** Everybody answers within a moment, and talks until somebody of ours hangs up. */
const answers = [{ do: 'answers', setup_s: 0.1, ring_s: 0.3, talk_s: 3_000, weight: 1 }]

export interface DeskFloor extends Pick<ConsoleServer, 'url' | 'ask' | 'signIn' | 'close'> {
  /** Asks until `fits` says so. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  until(path: string, fits: (found: any) => boolean): Promise<void>
  /** A member of this role, who has been let in. */
  join(name: string, role: string): Promise<Visitor & { user_id: string }>
  /** A campaign that calls these people for these agents, as soon as they are ready. */
  startCampaign(agent_ids: string[], people: object[], settings?: object): Promise<string>
}

const longestMs = 15_000

export async function openDeskFloor(): Promise<DeskFloor> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-desk-'))
  const script = join(folder, 'script.json')
  writeFileSync(script, JSON.stringify({ default: answers }))
  const server = await openConsole({ OUTDIAL_SIM_SPEED: '1', OUTDIAL_SIM_SCRIPT: script })
  const { url, ask, signIn, visit } = server
  return {
    ...{ url, ask, signIn },
    async until(path, fits) {
      const deadline = performance.now() + longestMs
      for (;;) {
        const found = await ask('GET', path)
        if (fits(found)) return
        assert.ok(performance.now() < deadline, `${path} is still ${JSON.stringify(found)}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async join(name, role) {
      const { user, invite_url } = await ask('POST', '/users', { email: `${name}@example.com`, name, role })
      return { ...(await visit(invite_url)), user_id: user.id }
    },
    async startCampaign(agent_ids, people, settings = {}) {
      const hours = { window_start: '00:00', window_end: '23:59', time_zone: 'UTC', weekdays: [1, 2, 3, 4, 5, 6, 7] }
      const body = {
        mode: 'progressive',
        purpose: 'information',
        completes: 'by_hand',
        agent_ids,
        ...hours,
        ...settings,
      }
      const { id } = await ask('POST', '/campaigns', { name: 'Renewals', ...body })
      await ask('POST', `/campaigns/${id}/leads`, { leads: people })
      await ask('POST', `/campaigns/${id}/start`)
      return id
    },
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `outdial pbx`: an Asterisk of one's own on this machine, from Debian's packages. Needs no server and no database. */
import { defineCommand } from 'citty'
import { findPbx, startPbx, stopPbx } from './pbx.ts'
import { settingsFile } from './settings.ts'

const args = { folder: { type: 'string', default: '.pbx', description: 'where it is kept', valueHint: 'DIR' } } as const

const up = defineCommand({
  meta: { name: 'up', description: 'fetches it where it is not there yet, and starts it' },
  args,
  async run({ args: { folder } }) {
    const start = await startPbx({ folder, say: console.log })
    if (!start.ok) return refuse(start.refusal)
    const { settings, pid } = start
    const trunks = settings.trunks.map(({ name }) => name).join(', ') || 'none yet'
    console.log(`Asterisk runs as process ${pid}, its control interface at http://127.0.0.1:${settings.http_port}/ari`)
    console.log(`Trunks: ${trunks}. Settings and password: ${settingsFile(folder)}`)
  },
})

const down = defineCommand({
  meta: { name: 'down', description: 'stops it; calls on it end' },
  args,
  async run({ args: { folder } }) {
    console.log((await stopPbx(folder)) ? 'Asterisk has stopped' : 'No Asterisk ran from this folder')
  },
})

const status = defineCommand({
  meta: { name: 'status', description: 'says whether it runs; fails when it does not' },
  args,
  run({ args: { folder } }) {
    const running = findPbx(folder)
    if (running === null) return refuse('No Asterisk runs from this folder')
    console.log(`Asterisk runs as process ${running.pid}`)
  },
})

export default defineCommand({
  meta: { name: 'pbx', description: 'an Asterisk of your own on this machine' },
  subCommands: { up, down, status },
})

function refuse(reason: string): void {
  console.error(reason)
  process.exitCode = 1
}

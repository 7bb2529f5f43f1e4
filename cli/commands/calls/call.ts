import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'call', description: 'look into calls' },
  subCommands: { show: () => import('./show.ts').then((module) => module.default) },
})

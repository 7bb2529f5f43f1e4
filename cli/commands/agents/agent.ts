import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'agent', description: 'look at agents' },
  subCommands: { leaderboard: () => import('./leaderboard.ts').then((module) => module.default) },
})

import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'agent', description: 'make and look at agents' },
  subCommands: {
    create: () => import('./create.ts').then((module) => module.default),
    board: () => import('./board.ts').then((module) => module.default),
    leaderboard: () => import('./leaderboard.ts').then((module) => module.default),
  },
})

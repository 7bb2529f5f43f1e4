import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'rules', description: 'the rules of countries, states and the workspace' },
  subCommands: {
    show: () => import('./show.ts').then((module) => module.default),
    set: () => import('./set.ts').then((module) => module.default),
  },
})

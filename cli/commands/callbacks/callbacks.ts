import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'callbacks', description: 'promised calls' },
  subCommands: {
    list: () => import('./list.ts').then((module) => module.default),
    add: () => import('./add.ts').then((module) => module.default),
    cancel: () => import('./cancel.ts').then((module) => module.default),
  },
})

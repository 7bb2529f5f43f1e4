import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'consents', description: 'what people agreed to' },
  subCommands: {
    add: () => import('./add.ts').then((module) => module.default),
    withdraw: () => import('./withdraw.ts').then((module) => module.default),
  },
})

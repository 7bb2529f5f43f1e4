import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'suppressions', description: 'numbers not to call' },
  subCommands: {
    add: () => import('./add.ts').then((module) => module.default),
    remove: () => import('./remove.ts').then((module) => module.default),
    'look-up': () => import('./look-up.ts').then((module) => module.default),
    import: () => import('./import.ts').then((module) => module.default),
  },
})

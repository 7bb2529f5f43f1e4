import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'contacts', description: 'people' },
  subCommands: { erase: () => import('./erase.ts').then((module) => module.default) },
})

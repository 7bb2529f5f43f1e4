import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'voicemail-drop', description: 'recorded messages for answering machines' },
  subCommands: { list: () => import('./list.ts').then((module) => module.default) },
})

import { defineCommand } from 'citty'

export default defineCommand({
  meta: { name: 'campaign', description: 'make, start, pause, stop, recycle, foresee and watch campaigns' },
  subCommands: {
    create: () => import('./create.ts').then((module) => module.default),
    start: () => import('./start.ts').then((module) => module.default),
    pause: () => import('./pause.ts').then((module) => module.default),
    stop: () => import('./stop.ts').then((module) => module.default),
    lists: () => import('./lists.ts').then((module) => module.default),
    recycle: () => import('./recycle.ts').then((module) => module.default),
    'dry-run': () => import('./dry-run.ts').then((module) => module.default),
    forecast: () => import('./forecast.ts').then((module) => module.default),
    progress: () => import('./progress.ts').then((module) => module.default),
  },
})

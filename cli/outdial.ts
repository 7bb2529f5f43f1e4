#!/usr/bin/env node
/**
 * The command line. In: words. Out: what the API answers, for people or (`--json`) for machines. It speaks to a server
 * through the SDK alone and knows no rule; what needs no server is its room's own command.
 */
import { defineCommand, runMain } from 'citty'

const outdial = defineCommand({
  meta: { name: 'outdial', description: 'Calls lists of people, lawfully, and says why.' },
  subCommands: {
    import: () => import('./commands/imports/create.ts').then((module) => module.default),
    campaign: () => import('./commands/campaigns/campaign.ts').then((module) => module.default),
    agent: () => import('./commands/agents/agent.ts').then((module) => module.default),
    contacts: () => import('./commands/contacts/contact.ts').then((module) => module.default),
    call: () => import('./commands/calls/call.ts').then((module) => module.default),
    'voicemail-drop': () => import('./commands/voicemail-drops/voicemail-drop.ts').then((module) => module.default),
    callbacks: () => import('./commands/callbacks/callbacks.ts').then((module) => module.default),
    consents: () => import('./commands/consents/consents.ts').then((module) => module.default),
    rules: () => import('./commands/rule-packs/rules.ts').then((module) => module.default),
    suppressions: () => import('./commands/suppressions/suppressions.ts').then((module) => module.default),
    migrate: () => import('./commands/migrations/migrate.ts').then((module) => module.default),
    pbx: () => import('#telephony/asterisk/pbx/command.ts').then((module) => module.default),
    simulate: () => import('#analytics/simulation/command.ts').then((module) => module.default),
    status: () => import('./commands/installation/status.ts').then((module) => module.default),
    'stop-all': () => import('./commands/installation/stop-all.ts').then((module) => module.default),
    'sign-in-link': () => import('./commands/installation/sign-in-link.ts').then((module) => module.default),
  },
})

await runMain(outdial)

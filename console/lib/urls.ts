/** Every address of the console; nothing else spells one. */
export const urls = {
  campaigns: '/campaigns',
  campaign: '/campaigns/$id',
  desk: '/desk',
  wallboard: '/wallboard',
  agents: '/agents',
  setUp: '/campaigns/$id/set-up',
  contacts: '/contacts',
  contact: '/contacts/$id',
  imports: '/imports',
  newImport: '/imports/new',
  import: '/imports/$id',
  calls: '/calls',
  call: '/calls/$id',
  recordings: '/recordings',
  analytics: '/analytics',
  doNotCall: '/do-not-call',
  compliance: '/compliance',
  trunks: '/trunks',
  users: '/users',
  apiKeys: '/api-keys',
  dispositions: '/dispositions',
  scripts: '/scripts',
  messages: '/voicemail-drops',
  workspace: '/workspace',
} as const

/** Pages of the server's own. */
export const served = { docs: '/docs/', signIn: '/sign-in' } as const

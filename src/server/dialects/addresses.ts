import type { IncomingMessage } from 'node:http'

/** Dialects that share addresses; a key made for one of them carries its name. */
export const pinnedDialects = ['telecard', 'voipstudio'] as const
export type PinnedDialect = (typeof pinnedDialects)[number]

const shared = '/api/dialer/'
const pinned = new RegExp(`^Bearer +outdial_(${pinnedDialects.join('|')})_`, 'i')
/** Names that one of the two alone has. */
const owners: Record<string, PinnedDialect> = {
  agents: 'telecard',
  leads: 'telecard',
  'csv-upload': 'telecard',
  'import-logs': 'telecard',
  'call-logs': 'telecard',
  calls: 'voipstudio',
  dispositions: 'voipstudio',
  analytics: 'voipstudio',
}

/**
 * The address at which a request of an older client is served: that of its dialect, without the slash that some put at
 * the end. Known before the route is found, from the address and the key's first letters alone.
 */
export function addressInDialect({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): string {
  if (!url.startsWith('/api/') || url.startsWith('/api/v1/')) return url
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  const bare = path.replace(/\/$/, '')
  const rest = query < 0 ? '' : url.slice(query)
  if (!bare.startsWith(shared)) return bare + rest
  const dialect = tellApart(bare.slice(shared.length), path.endsWith('/'), headers.authorization)
  return `${placeOf(dialect)}/${bare.slice(shared.length)}${rest}`
}

/** Where the routes of one of the two lie. */
export function placeOf(dialect: PinnedDialect): string {
  return `/dialects/${dialect}`
}

/** By the name, by the kind of id, by the key, and only then by the slash. */
function tellApart(path: string, slash: boolean, authorization = ''): PinnedDialect {
  const [name = '', id] = path.split('/')
  const owner = owners[name]
  if (owner !== undefined) return owner
  if (id !== undefined) return /^\d+$/.test(id) ? 'telecard' : 'voipstudio'
  const named = pinned.exec(authorization)?.[1]?.toLowerCase()
  return (named as PinnedDialect | undefined) ?? (slash ? 'telecard' : 'voipstudio')
}

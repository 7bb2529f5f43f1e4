/** Reads `originate {name=value,…}<endpoint> &<application>` as the PBX does, so that what is smuggled in has its effect. */

export interface Originate {
  variables: Record<string, string>
  endpoint: string
}

/** Null for what is no such order. */
export function readOriginate(words: string): Originate | null {
  const end = words.startsWith('{') ? findEnd(words) : -1
  const [, endpoint = '', application = ''] = /^(\S+) (\S+)/.exec(words.slice(end + 1)) ?? []
  if (endpoint === '' || !/^&\w+\(.*\)$/.test(application)) return null
  const pairs = (end < 0 ? '' : words.slice(1, end)).split(',').filter((pair) => pair.includes('='))
  const given = pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
  // A variable that names others is not set, unless the order says that it may.
  const nested = words.includes('origination_nested_vars=true')
  return { variables: Object.fromEntries(given.filter(([, value]) => nested || !/\$\{/.test(value))), endpoint }
}

/** Of the first pair of braces, which may hold others; -1 where they are not closed. */
function findEnd(words: string): number {
  let depth = 0
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '{') depth++
    if (words[at] === '}' && --depth === 0) return at
  }
  return -1
}

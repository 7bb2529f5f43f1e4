/** The PBX's own memory, as its API `hash` reads and writes it; gone when the PBX is started anew. */
export function createHash(): { run(words: string): string; clear(): void } {
  const kept = new Map<string, string>()
  return {
    run(words) {
      // All that follows the third slash is the value.
      const [, act = '', realm, key, value] = /^(\w+)\/([^/]+)\/([^/]+)(?:\/(.*))?$/s.exec(words) ?? []
      const place = `${realm}_${key}`
      const there = kept.get(place)
      if (act === 'select') return there ?? ''
      if (act === 'delete') return kept.delete(place) ? '+OK\n' : '-ERR Not found\n'
      if (value === undefined)
        return '-ERR Usage: hash insert|insert_ifempty|select|delete|delete_ifmatch/realm/key[/value]\n'
      if (act === 'delete_ifmatch') {
        if (there !== value) return there === undefined ? '-ERR Not found\n' : "-ERR Doesn't match\n"
        kept.delete(place)
      } else {
        if (act === 'insert_ifempty' && there !== undefined) return '-ERR key already exists\n'
        kept.set(place, value)
      }
      return '+OK\n'
    },
    clear: () => kept.clear(),
  }
}

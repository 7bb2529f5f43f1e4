import type { ValueFault } from './problems.ts'

/** Deeper than any value this API knows, and shallow enough for whatever walks it afterwards. */
const deepest = 20

/**
 * Finds what no value may hold, whatever its schema says: characters that PostgreSQL or UTF-8 can't carry, numbers that
 * are none, and nesting that would exhaust a stack. Walks without recursion.
 */
export function findHostileValue(value: unknown, path = ''): ValueFault | null {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value, path, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const fault = findFault(next.value, next.path, next.depth)
    if (fault) return fault
    if (typeof next.value !== 'object' || next.value === null) continue
    for (const [key, inner] of Object.entries(next.value)) {
      const innerPath = next.path === '' ? key : `${next.path}.${key}`
      const keyFault = findFault(key, next.path, 0)
      if (keyFault) return keyFault
      waiting.push({ value: inner, path: innerPath.slice(0, 200), depth: next.depth + 1 })
    }
  }
  return null
}

function findFault(value: unknown, path: string, depth: number): ValueFault | null {
  if (depth > deepest) return { path, message: `is nested deeper than ${deepest} levels` }
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, message: 'is too large a number' }
  if (typeof value !== 'string') return null
  if (value.includes('\0')) return { path, message: 'holds a NUL character' }
  return value.isWellFormed() ? null : { path, message: 'holds half of a surrogate pair' }
}

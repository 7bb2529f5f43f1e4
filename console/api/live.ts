/**
 * What the server tells of changes, as it happens. In: its event stream, which goes on after a break with what was missed.
 * Out: queries that are asked anew, and how the connection stands.
 */
import { useSyncExternalStore } from 'react'
import { queries } from './queries.ts'

export type LiveState = { as: 'connecting' } | { as: 'connected' } | { as: 'broken'; since: number }

/** What is read anew after which events: the first parts of query keys. */
const concerned: Record<string, string[]> = {
  'campaign.created': ['campaigns'],
  'campaign.updated': ['campaigns', 'progress'],
  'import.updated': ['imports', 'campaigns', 'progress', 'contacts', 'leads'],
  'call.updated': ['progress', 'calls', 'leads', 'recordings', 'sums'],
  'import.progress': ['imports'],
  'agent.updated': ['agents', 'board', 'progress', 'sums'],
  'callback.updated': ['callbacks'],
  'callback.due': ['callbacks'],
  'call.act': [],
  'call.join': ['board'],
}

/** Hundreds of calls may change in a second; what shows them is asked anew once in this time. */
const gatherMs = 1_000
/** What is added up over a day or a month is asked anew more seldom. */
const gatherSlowlyMs: Record<string, number> = { sums: 10_000 }

let state: LiveState = { as: 'connecting' }
const listeners = new Set<() => void>()
const waiting = new Map<string, ReturnType<typeof setTimeout>>()

function become(next: LiveState): void {
  state = next
  for (const listener of listeners) listener()
}

function askAnew(noun: string): void {
  if (waiting.has(noun)) return
  const ask = () => {
    waiting.delete(noun)
    queries.invalidateQueries({ queryKey: [noun] })
  }
  waiting.set(noun, setTimeout(ask, gatherSlowlyMs[noun] ?? gatherMs))
}

type LiveListener = (data: Record<string, unknown>) => void
const told = new Map<string, Set<LiveListener>>()

/** Hears each event of a type as it comes, for what can not wait until it is read anew; gives what ends it. */
export function onLive(type: string, listener: LiveListener): () => void {
  const listening = told.get(type) ?? new Set()
  told.set(type, listening.add(listener))
  return () => void listening.delete(listener)
}

/** Listens until the page is left. The browser connects again by itself, from the last event it heard. */
export function startListening(): void {
  const source = new EventSource('/api/v1/live')
  source.onopen = () => {
    // Whoever had heard no event before the break has no number to go on from.
    if (state.as === 'broken') queries.invalidateQueries()
    become({ as: 'connected' })
  }
  source.onerror = () => {
    if (state.as !== 'broken') become({ as: 'broken', since: Date.now() })
    // A server that was away for too long, or a proxy, may have answered with something else: then nobody tries again.
    if (source.readyState === EventSource.CLOSED) setTimeout(startListening, 2_000)
  }
  for (const [type, nouns] of Object.entries(concerned)) {
    source.addEventListener(type, ({ data }) => {
      nouns.forEach(askAnew)
      for (const listener of told.get(type) ?? []) listener(JSON.parse(data))
    })
  }
  source.addEventListener('reset', () => queries.invalidateQueries())
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

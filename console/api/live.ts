/**
 * What the server tells of changes, as it happens. In: its event stream, which goes on after a break with what was missed.
 * Out: queries that are asked anew, and how the connection stands.
 */
import { useSyncExternalStore } from 'react'
import { meQuery } from './me.ts'
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
    // Begun anew at each event, a list of many pages would never be there: what is being read is read to its end first.
    if (queries.isFetching({ queryKey: [noun] }) > 0) askAnew(noun)
    else queries.invalidateQueries({ queryKey: [noun] })
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

/** The server is heard of every three seconds: a stream that is silent for so long is dead, though nobody says so. */
const silentMs = 10_000

/** Listens until the page is left. */
export function startListening(): void {
  for (const change of ['offline', 'online']) addEventListener(change, connectAnew)
  setInterval(() => Date.now() - heardAt > silentMs && connectAnew(), 1_000)
  connect()
}

let source: EventSource | null = null
let heardAt = 0

function connectAnew(): void {
  if (state.as === 'connected') become({ as: 'broken', since: heardAt })
  source?.close()
  connect()
}

/** The browser connects again by itself, from the last event it heard. */
function connect(): void {
  const opened = new EventSource('/api/v1/live')
  source = opened
  const hear = () => {
    heardAt = Date.now()
  }
  // The one before is closed; from here on this one has its time.
  hear()
  opened.addEventListener('beat', hear)
  opened.onopen = () => {
    hear()
    // Whoever had heard no event before the break has no number to go on from.
    if (state.as === 'broken') queries.invalidateQueries()
    become({ as: 'connected' })
  }
  opened.onerror = () => {
    if (state.as !== 'broken') become({ as: 'broken', since: Date.now() })
    // A server that was away for too long, or a proxy, may have answered with something else: then nobody tries again.
    if (opened.readyState !== EventSource.CLOSED) return
    setTimeout(() => source === opened && connect(), 2_000)
    // Whoever is no longer signed in is led to where they can.
    queries.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  for (const [type, nouns] of Object.entries(concerned)) {
    opened.addEventListener(type, ({ data }) => {
      hear()
      nouns.forEach(askAnew)
      for (const listener of told.get(type) ?? []) listener(JSON.parse(data))
    })
  }
  opened.addEventListener('reset', () => queries.invalidateQueries())
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

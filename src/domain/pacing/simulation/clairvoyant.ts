/**
 * The bound that no pacer can pass: it knows how each lead will end, and when each agent comes free or leaves. It dials a lead
 * as soon as somebody will be there when it answers, so nobody is ever abandoned; what little it lacks of all the time is that
 * leads are dialed in their order and answer when they answer.
 */
import { answersAt, type ComingAnswer, type CreateSeer, type FutureAgent } from './future.ts'

/** An agent's next time with nothing to do, if no call comes. */
interface Free {
  from: number
  until: number
  agent: FutureAgent
  rested: number
}

/** How far ahead of an agent's end calls go out, and a hair of patience that is not counted on. */
const ahead = 16
const hair = 1e-6

export const createClairvoyant: CreateSeer = ({ patience }, future) => ({
  decide({ now, lineCap, linesInUse }) {
    const free = future.agents().map((agent) => firstFree(agent))
    let answers = future.answers()
    let dials = 0
    for (; dials < lineCap - linesInUse; dials += 1) {
      const fate = future.upcoming(dials)
      if (fate.result !== 'live') continue
      const more = [...answers, { at: answersAt(now, fate), fate }]
      const within = Math.max(answersAt(now, fate), now + ahead) + patience
      const soon = free.filter(({ from }) => from <= within)
      if (soon.length < more.length || !areAllMet(soon, more, patience - hair)) break
      answers = more
    }
    return dials
  },
})

/** Plays the answers to the end, by the shift's own rules. */
function areAllMet(free: readonly Free[], answers: ComingAnswer[], patience: number): boolean {
  const agents = free.map((each) => ({ ...each }))
  for (const { at, fate } of answers.sort((a, b) => a.at - b.at)) {
    let first: Free | null = null
    for (const each of agents) {
      while (each.until <= at) Object.assign(each, freeAfter(each.agent, each.until, each.rested))
      if (first === null || each.from < first.from) first = each
    }
    if (first === null || first.from > at + patience) return false
    const busyUntil = Math.max(at, first.from) + (fate.talk + fate.wrap) * first.agent.rostered.speed
    Object.assign(first, freeAfter(first.agent, busyUntil, first.rested))
  }
  return true
}

function firstFree(agent: FutureAgent): Free {
  const { view, rostered, rested, busyUntil } = agent
  if (view.state !== 'idle') return freeAfter(agent, busyUntil, rested)
  return { agent, rested, from: view.since, until: rostered.pauses[rested]?.at ?? Number.POSITIVE_INFINITY }
}

/** Every break that was asked for by then is taken first, one after the other. */
function freeAfter(agent: FutureAgent, busyUntil: number, rested: number): Free {
  const { pauses } = agent.rostered
  let from = busyUntil
  let taken = rested
  for (let next = pauses[taken]; next !== undefined && next.at <= from; next = pauses[taken]) {
    from += next.length
    taken += 1
  }
  return { agent, from, until: pauses[taken]?.at ?? Number.POSITIVE_INFINITY, rested: taken }
}

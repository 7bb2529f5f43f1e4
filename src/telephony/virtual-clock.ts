import type { Clock } from './clock.ts'

/** A clock that moves only when told to, for tests and rehearsals that run a day in a second. */
export interface VirtualClock extends Clock {
  /** Moves to `time`, running everything that falls due on the way, in order. */
  advanceTo(time: number): void
  /** Moves to the next thing due and runs it; false when nothing is ordered. */
  step(): boolean
}

interface Order {
  time: number
  fn: () => void
}

export function createVirtualClock(start: number): VirtualClock {
  let current = start
  // Sorted by time, equal times in the order they were placed.
  const orders: Order[] = []

  const runNext = () => {
    const order = orders.shift()
    if (!order) return false
    current = Math.max(current, order.time)
    order.fn()
    return true
  }

  return {
    now: () => current,
    at(time, fn) {
      const order = { time, fn }
      const place = orders.findIndex((other) => other.time > time)
      orders.splice(place === -1 ? orders.length : place, 0, order)
      return () => {
        const index = orders.indexOf(order)
        if (index !== -1) orders.splice(index, 1)
      }
    },
    advanceTo(time) {
      while (orders[0] && orders[0].time <= time) runNext()
      current = Math.max(current, time)
    },
    step: runNext,
  }
}

/** One after the other for whatever has a key in common. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return function take<T>(keys: string[], work: () => Promise<T>): Promise<T> {
    const before = keys.flatMap((key) => last.get(key) ?? [])
    const done = Promise.allSettled(before).then(work)
    for (const key of keys) last.set(key, done)
    const forget = () => {
      for (const key of keys) if (last.get(key) === done) last.delete(key)
    }
    done.then(forget, forget)
    return done
  }
}
export type TakeTurn = ReturnType<typeof createTurns>

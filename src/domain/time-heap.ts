/** Things by their instants, the earliest first; of equal ones the one that came first. */
export interface TimeHeap<T> {
  readonly size: number
  push(at: number, value: T): void
  peek(): { at: number; value: T } | undefined
  pop(): { at: number; value: T } | undefined
}

export function createTimeHeap<T>(): TimeHeap<T> {
  type Entry = { at: number; order: number; value: T }
  const entries: Entry[] = []
  let order = 0
  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order)

  function swapDown(entry: Entry): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      const right = entries[child + 1]
      if (right && before(right, entries[child] as Entry)) child += 1
      const smaller = entries[child]
      if (!smaller || !before(smaller, entry)) break
      entries[place] = smaller
      place = child
    }
    entries[place] = entry
  }

  return {
    get size() {
      return entries.length
    },
    push(at, value) {
      const entry = { at, order, value }
      order += 1
      let place = entries.length
      while (place > 0) {
        const parent = (place - 1) >> 1
        if (!before(entry, entries[parent] as Entry)) break
        entries[place] = entries[parent] as Entry
        place = parent
      }
      entries[place] = entry
    },
    peek: () => entries[0],
    pop() {
      const first = entries[0]
      const last = entries.pop()
      if (first !== last && last) swapDown(last)
      return first
    },
  }
}

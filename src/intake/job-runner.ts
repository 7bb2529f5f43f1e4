/** Something that is unfinished and nobody's: what it is called in the log, and how it is run to its end. */
export interface Job {
  id: string
  run(signal: AbortSignal): Promise<void>
}

export interface JobRunner {
  /** Looks for unfinished jobs now and every few seconds. */
  start(): void
  /** There may be a new one. */
  wake(): void
  /** Stops each job where it can go on later; whoever looks next goes on from there. */
  stop(): Promise<void>
}

export interface JobRunnerOptions {
  find(): Promise<Job[]>
  /** At once in this process: one large file shall not keep a small one waiting, nor take all connections. */
  at_once: number
  /** What a job is, for the log. */
  noun: string
  log: { error(fields: object, message: string): void }
}

/** Only for what no wake told of: leases that lapsed, jobs of a process that stopped. */
const lookEveryMs = 3_000

/** Runs whatever job is unfinished and nobody's. */
export function createJobRunner({ find, at_once, noun, log }: JobRunnerOptions): JobRunner {
  const running = new Map<string, Promise<void>>()
  /** Ran since the last timed look or wake; one that is unfinished all the same has to wait for the next. */
  const resting = new Set<string>()
  /** Running when somebody said that there is something to do, and maybe past seeing it. */
  const wanted = new Set<string>()
  const stopping = new AbortController()
  let looking: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    do {
      again = false
      for (const job of await find()) {
        if (stopping.signal.aborted || running.size >= at_once) break
        if (!running.has(job.id) && !resting.has(job.id)) begin(job)
      }
    } while (again && !stopping.signal.aborted)
  }

  function begin({ id, run }: Job): void {
    const under = run(stopping.signal)
      .catch((error) => log.error({ err: error, id }, `${noun} broke off; it is taken up again`))
      .finally(() => {
        running.delete(id)
        if (!wanted.delete(id)) resting.add(id)
        lookSoon()
      })
    running.set(id, under)
  }

  function wake(): void {
    resting.clear()
    for (const id of running.keys()) wanted.add(id)
    lookSoon()
  }

  function lookSoon(): void {
    again = true
    if (stopping.signal.aborted || looking) return
    looking = look()
      .catch((error) => log.error({ err: error }, `${noun} could not be looked for; the next look tries again`))
      .finally(() => {
        looking = null
      })
  }

  return {
    start() {
      timer ??= setInterval(() => {
        resting.clear()
        lookSoon()
      }, lookEveryMs)
      lookSoon()
    },
    wake,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await looking
      await Promise.all(running.values())
    },
  }
}

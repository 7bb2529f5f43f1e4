export interface Lease {
  seconds: number
  /** False when it is somebody else's. */
  renew(): Promise<boolean>
  sayFailed(error: unknown): void
}

/** Does `work` under a lease that is renewed meanwhile; its signal says that the lease is lost, or that `signal` asks to stop. */
export async function keepLease<T>(
  { seconds, renew, sayFailed }: Lease,
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController()
  const timer = setInterval(() => renew().then((kept) => kept || lost.abort(), sayFailed), (seconds * 1000) / 3)
  try {
    return await work(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal)
  } finally {
    clearInterval(timer)
  }
}

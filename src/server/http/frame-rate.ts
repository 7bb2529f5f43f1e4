/** A bucket of tokens: false once more has come than `burst` at once, and `frames_per_second` after it. */
export function limitFrames(frames_per_second: number, burst: number): () => boolean {
  let tokens = burst
  let last = performance.now()
  return () => {
    const now = performance.now()
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * frames_per_second)
    last = now
    tokens -= 1
    return tokens >= 0
  }
}

/** Hours as they are typed, such as `09:00-12:00, 13:00-20:00`; empty: closed. */
const span = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/

const two = (part: number) => String(part).padStart(2, '0')
const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Of a day's [first minute, end) pairs. */
export const sayHours = (spans: readonly (readonly number[])[]): string =>
  spans.map(([from = 0, to = 0]) => `${clock(from)}-${clock(to)}`).join(', ')

/** The pairs; null where it is not written so. */
export function readHours(typed: string): number[][] | null {
  if (typed.trim() === '') return []
  const spans = typed.split(',').map((part) => span.exec(part.trim()))
  if (spans.some((found) => found === null)) return null
  return spans.map((found) => {
    const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = (found ?? []).slice(1).map(Number)
    return [h1 * 60 + m1, h2 * 60 + m2]
  })
}

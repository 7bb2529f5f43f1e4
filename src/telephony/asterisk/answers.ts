/** Reading what a PBX says: nothing of it is believed before it was looked at. */
import { z } from 'zod'

/** ISO 8601. */
export const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)))

/** Undefined for what is no JSON; the schemas then refuse it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

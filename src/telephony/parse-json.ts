/** Undefined for what is no JSON; the schemas then refuse it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

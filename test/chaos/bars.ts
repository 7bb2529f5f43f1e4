/** One promise of a run: how often it was broken, and the first time as an example. */
export interface Bar {
  name: string
  broken: number
  example: string | null
}

export function bar(name: string, broken: string[]): Bar {
  return { name, broken: broken.length, example: broken[0] ?? null }
}

import type { Script } from '../../api/scripts.ts'

type Branch = Script['steps'][number]['branches'][number]

/** One a line: what is answered, an arrow, and the key of the step that it leads to. */
export const sayBranches = (branches: readonly Branch[]): string =>
  branches.map(({ label, goes_to }) => `${label} -> ${goes_to}`).join('\n')

/** A line without an arrow leads nowhere, which the server refuses. */
export const readBranches = (typed: string): Branch[] =>
  typed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [label = '', goes_to = ''] = line.split(/->|→/)
      return { label: label.trim(), goes_to: goes_to.trim() }
    })

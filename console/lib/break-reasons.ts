/** Those of a workspace that named none of its own, as the server has them. */
const usual = ['rest', 'lunch', 'training', 'meeting', 'technical'] as const
type Usual = (typeof usual)[number]

/** Why agents of a workspace may take a break. */
export function breakReasonsOf(own: readonly { reason: string }[] | null): readonly string[] {
  return own?.map(({ reason }) => reason) ?? usual
}

/** A reason that has a word in every language; others are shown as the workspace wrote them. */
export function isUsual(reason: string): reason is Usual {
  return (usual as readonly string[]).includes(reason)
}

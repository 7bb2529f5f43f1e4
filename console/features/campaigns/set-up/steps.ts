/** What is settled of a campaign before it calls, in this order. */
export const steps = ['audience', 'mode', 'script', 'schedule', 'rules', 'review'] as const
export type Step = (typeof steps)[number]

/** What an address says of the step; the first where it names none. */
export function readStep({ step }: Record<string, unknown>): { step?: Step | undefined } {
  const known = steps.find((each) => each === step)
  return known === undefined ? {} : { step: known }
}

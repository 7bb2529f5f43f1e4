/** What the desk's address says of whose promised calls are shown. */
export function readWhose({ whose }: Record<string, unknown>): { whose?: 'mine' | 'team' | undefined } {
  return whose === 'team' ? { whose } : {}
}

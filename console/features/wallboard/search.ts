/** What the wallboard's address says of the team that is shown. */
export function readTeam({ team }: Record<string, unknown>): { team?: string | undefined } {
  return typeof team === 'string' && team !== '' ? { team } : {}
}

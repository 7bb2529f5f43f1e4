import type { ServerDeps } from '../../http/house.ts'

/** The address that signs somebody in: under the public one where there is one, else as the caller reached us. */
export function linkTo({ config }: ServerDeps, request: { protocol: string; host: string }, token: string): string {
  return `${config.public_url ?? `${request.protocol}://${request.host}`}/sign-in/${token}`
}

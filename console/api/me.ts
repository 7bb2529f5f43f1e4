import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { served, urls } from '../lib/urls.ts'
import { api, type Schemas, take } from './client.ts'

export type Me = Schemas['Me']

export const readMe = () => take(api.GET('/api/v1/me'))

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: readMe,
  staleTime: Number.POSITIVE_INFINITY,
})

/** Why this user may not do something; null where they may. The server has the last word. */
export function useBarred(): (action: Me['may'][number]) => string | null {
  const { t } = useTranslation()
  const { data } = useQuery(meQuery)
  return (action) => (data?.may.includes(action) ? null : t('barredByRole'))
}

const tabs = new BroadcastChannel('outdial.session')
let shown: string | null = null

/**
 * The tabs of a browser share one session: who goes to another workspace in one of them, or signs in as somebody else, is there in
 * all. Nothing of the former is left in view, nor done in the other one by mistake.
 */
export function shareSession({ user, workspace }: Me): void {
  const now = `${user.id} ${workspace.id}`
  if (shown !== null && shown !== now) location.assign(urls.campaigns)
  shown = now
  tabs.onmessage = ({ data }) => {
    if (data !== shown) location.assign(urls.campaigns)
  }
  tabs.postMessage(now)
}

export async function signOut(): Promise<void> {
  await take(api.POST('/api/v1/sign-out'))
  location.assign(served.signIn)
}

import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { served } from '../lib/urls.ts'
import { api, type Schemas, take } from './client.ts'

export type Me = Schemas['Me']

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => take(api.GET('/api/v1/me')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Why this user may not do something; null where they may. The server has the last word. */
export function useBarred(): (action: Me['may'][number]) => string | null {
  const { t } = useTranslation()
  const { data } = useQuery(meQuery)
  return (action) => (data?.may.includes(action) ? null : t('barredByRole'))
}

export async function signOut(): Promise<void> {
  await take(api.POST('/api/v1/sign-out'))
  location.assign(served.signIn)
}

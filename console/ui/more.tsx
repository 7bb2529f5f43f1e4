import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Failed } from './states.tsx'

/** Reads on a list that is no table; nothing once all of it is there. */
export function More({ of: list, className }: { of: UseInfiniteQueryResult; className?: string }) {
  const { t } = useTranslation()
  const load = () => list.fetchNextPage()
  if (list.isFetchNextPageError) return <Failed error={list.error} retry={load} />
  if (!list.hasNextPage) return null
  return (
    <Button size="small" className={className} barred={list.isFetchingNextPage ? t('loading') : null} onClick={load}>
      {t('more')}
    </Button>
  )
}

import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { urls } from '../../lib/urls.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { BlockedNumbers } from './blocked-numbers.tsx'
import { LookUp } from './look-up.tsx'
import { NumberLists } from './number-lists.tsx'

const route = getRouteApi(urls.doNotCall)

/** Who is not called: one number at once, many by a file, and what a number is blocked by. */
export function DoNotCallPage() {
  const { t } = useTranslation()
  const { tab = 'numbers', number = '' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('places.doNotCall')}>
      <LookUp
        number={number}
        onAsk={(asked) => navigate({ search: (old) => ({ ...old, number: asked || undefined }) })}
      />
      <Tabs
        label={t('doNotCall.which')}
        value={tab}
        options={(['numbers', 'lists'] as const).map((value) => ({ value, label: t(`doNotCall.tab.${value}`) }))}
        onChoose={(chosen) =>
          navigate({ search: (old) => ({ ...old, tab: chosen === 'numbers' ? undefined : chosen }) })
        }
      />
      {tab === 'numbers' ? <BlockedNumbers /> : <NumberLists />}
    </Page>
  )
}

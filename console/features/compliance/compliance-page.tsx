import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { urls } from '../../lib/urls.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Consents } from './consents.tsx'
import { Rules } from './rules.tsx'

const route = getRouteApi(urls.compliance)

/** Which rules hold where, each with its source, and who agreed to be called. */
export function CompliancePage() {
  const { t } = useTranslation()
  const { tab } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title={t('places.compliance')}>
      <Tabs
        label={t('compliance.which')}
        value={tab ?? 'rules'}
        options={(['rules', 'consents'] as const).map((value) => ({ value, label: t(`compliance.tab.${value}`) }))}
        onChoose={(chosen) => navigate({ search: chosen === 'consents' ? { tab: chosen } : {} })}
      />
      {tab === 'consents' ? <Consents /> : <Rules />}
    </Page>
  )
}

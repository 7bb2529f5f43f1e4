import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { openCampaignsQuery } from '../../api/campaigns.ts'
import { urls } from '../../lib/urls.ts'
import { SelectField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Importer } from './importer.tsx'

const route = getRouteApi(urls.newImport)

/** Takes a file of people, into a campaign or into the contacts alone. */
export function NewImportPage() {
  const { t } = useTranslation()
  const { campaign } = route.useSearch()
  const navigate = route.useNavigate()
  const { data } = useQuery(openCampaignsQuery)
  return (
    <Page title={t('imports.new')}>
      <div className="flex max-w-5xl flex-col gap-6">
        <SelectField
          label={t('imports.into')}
          hint={t(campaign ? 'imports.intoCampaignHint' : 'imports.intoContactsHint')}
          className="sm:max-w-md"
          value={campaign ?? ''}
          options={[
            { value: '', label: t('imports.intoContacts') },
            ...(data?.data ?? []).map(({ id, name, number }) => ({
              value: id,
              label: t('palette.campaign', { name, number }),
            })),
          ]}
          onChange={({ target }) => navigate({ search: { campaign: target.value || undefined }, replace: true })}
        />
        <Importer campaign_id={campaign} onBegun={({ id }) => navigate({ to: urls.import, params: { id } })} />
      </div>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../../api/me.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AgentForm } from './agent-form.tsx'
import { AgentList } from './agent-list.tsx'
import { TeamForm } from './team-form.tsx'
import { TeamList } from './team-list.tsx'

const route = getRouteApi(urls.agents)

/** Who talks on calls, and in which teams. */
export function AgentsPage() {
  const { t } = useTranslation()
  const { show = 'agents', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useQuery(meQuery)
  const [making, setMaking] = useState(false)
  if (me === undefined) return null
  const barred = me.may.includes(show === 'teams' ? 'teams.write' : 'agents.write') ? null : t('agents.barred')
  const tabs = (['agents', 'teams'] as const).map((value) => ({ value, label: t(`agents.show.${value}`) }))
  const aside = (
    <Button look="primary" barred={barred} onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      {t(show === 'teams' ? 'agents.team.new' : 'agents.new')}
    </Button>
  )
  const close = () => setMaking(false)
  return (
    <Page title={t('places.agents')} aside={aside}>
      <div className="flex flex-wrap items-center gap-3">
        <Tabs
          label={t('agents.which')}
          value={show}
          options={tabs}
          onChoose={(chosen) => navigate({ search: chosen === 'teams' ? { show: chosen } : {} })}
        />
        {show === 'agents' && (
          <SearchBox
            label={t('agents.search')}
            value={q}
            onSearch={(words) => navigate({ search: (old) => ({ ...old, q: words || undefined }), replace: true })}
            className="ms-auto w-full sm:w-64"
          />
        )}
      </div>
      {show === 'teams' ? <TeamList barred={barred} /> : <AgentList search={q} barred={barred} />}
      {making && (show === 'teams' ? <TeamForm onClose={close} /> : <AgentForm onClose={close} />)}
    </Page>
  )
}

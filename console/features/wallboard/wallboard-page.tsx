import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { boardQuery, patchBoard } from '../../api/agent-sessions.ts'
import { teamsQuery } from '../../api/agents.ts'
import { onLive } from '../../api/live.ts'
import { type Me, meQuery } from '../../api/me.ts'
import { urls } from '../../lib/urls.ts'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useNow } from '../../ui/use-now.ts'
import { AgentGrid } from './agent-grid.tsx'
import { sortBoard } from './attention.ts'
import { CallingCampaigns } from './calling-campaigns.tsx'
import { Supervision } from './supervision.tsx'
import { TargetTiles } from './target-tiles.tsx'
import { TeamMessage } from './team-message.tsx'
import { useOwnJoin } from './use-own-join.ts'

const route = getRouteApi(urls.wallboard)

/** The floor as supervisors see it: how it stands, who needs them, and what they can do about it. */
export function WallboardPage() {
  const { data: me } = useQuery(meQuery)
  return me === undefined ? null : <Wallboard me={me} />
}

function Wallboard({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { team } = route.useSearch()
  const navigate = route.useNavigate()
  const board = useQuery(boardQuery(team))
  const teams = useQuery(teamsQuery)
  const now = useNow()
  const [chosen, setChosen] = useState<string | null>(null)
  const join = useOwnJoin(me.user.id, board.data?.rows ?? [])
  useEffect(() => onLive('agent.updated', patchBoard), [])
  const all = [{ value: '', label: t('wallboard.everybody') }]
  const aside = (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField
        label={t('wallboard.team')}
        value={team ?? ''}
        options={[...all, ...(teams.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={({ target }) => navigate({ search: target.value === '' ? {} : { team: target.value } })}
        className="h-9 py-1!"
      />
      <TeamMessage me={me} team={team} />
    </div>
  )
  return (
    <Page title={t('places.wallboard')} aside={aside}>
      <Loaded of={board} shape={<Skeleton className="h-96" />}>
        {({ rows, ahead_ms }) => {
          const seen = sortBoard(rows, now - ahead_ms)
          const one = seen.find(({ id }) => id === chosen) ?? null
          return (
            <>
              <TargetTiles rows={seen} />
              <Supervision me={me} session={one} sessions={seen} join={join} />
              <AgentGrid rows={seen} chosen={chosen} onChoose={setChosen} />
              <CallingCampaigns me={me} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

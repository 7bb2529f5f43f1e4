import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { crewQuery } from '../../../api/crew.ts'
import { urls } from '../../../lib/urls.ts'
import { CheckList } from '../../../ui/check-list.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import type { Draft } from './use-draft.ts'

/** Who takes the calls: teams, and agents by themselves; voices in `ai` mode, else people. */
export function CrewFields({ draft: { campaign, keep } }: { draft: Draft }) {
  const { t } = useTranslation()
  const crew = useQuery(crewQuery)
  // What is chosen quickly one after the other is kept as a whole each time.
  const [teams, setTeams] = useState<ReadonlySet<string>>(new Set(campaign.team_ids))
  const [agents, setAgents] = useState<ReadonlySet<string>>(new Set(campaign.agent_ids))
  const kind = campaign.mode === 'ai' ? 'ai' : 'human'
  return (
    <Loaded of={crew}>
      {(found) => {
        const fitting = found.agents.filter((agent) => agent.kind === kind)
        if (fitting.length + found.teams.length === 0) {
          return (
            <p className="text-ink-soft">
              {t(`setUp.noCrew.${kind}`)}{' '}
              <Link to={urls.agents} className="text-accent underline">
                {t('places.agents')}
              </Link>
            </p>
          )
        }
        return (
          <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
            {found.teams.length > 0 && (
              <CheckList
                label={t('setUp.teams', { count: teams.size })}
                options={found.teams}
                chosen={teams}
                onChoose={(chosen) => {
                  setTeams(chosen)
                  keep({ team_ids: [...chosen] })
                }}
              />
            )}
            {fitting.length > 0 && (
              <CheckList
                label={t('setUp.agents', { count: agents.size })}
                options={fitting}
                chosen={agents}
                onChoose={(chosen) => {
                  setAgents(chosen)
                  keep({ agent_ids: [...chosen] })
                }}
              />
            )}
          </div>
        )
      }}
    </Loaded>
  )
}

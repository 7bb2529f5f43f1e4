import { useMutation, useQuery } from '@tanstack/react-query'
import { Pencil, Trash2, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { removeTeam, type Team, teamsQuery } from '../../api/agents.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { TeamForm } from './team-form.tsx'

/** Agents who take calls together. */
export function TeamList({ barred }: { barred: string | null }) {
  const { t } = useTranslation()
  const teams = useQuery(teamsQuery)
  const [changing, setChanging] = useState<Team | null>(null)
  const [removing, setRemoving] = useState<Team | null>(null)
  const remove = useMutation({ mutationFn: (id: string) => removeTeam(id), onError: tellRefusal })
  return (
    <>
      <Loaded of={teams}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={UsersRound} title={t('agents.team.none')}>
              {t('agents.team.noneMore')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {data.map((team) => (
                <li key={team.id} className="flex items-center gap-3 px-4 py-2.5">
                  <bdi className="min-w-0 flex-1 truncate font-medium">{team.name}</bdi>
                  <span className="text-sm text-ink-soft">
                    {t('agents.team.size', { count: team.agent_ids.length })}
                  </span>
                  <Button
                    look="quiet"
                    size="icon"
                    barred={barred}
                    aria-label={t('agents.team.change', { name: team.name })}
                    onClick={() => setChanging(team)}
                  >
                    <Pencil aria-hidden className="size-4" />
                  </Button>
                  <Button
                    look="quiet"
                    size="icon"
                    barred={barred}
                    aria-label={t('agents.remove', { name: team.name })}
                    onClick={() => setRemoving(team)}
                  >
                    <Trash2 aria-hidden className="size-4" />
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {changing && <TeamForm team={changing} onClose={() => setChanging(null)} />}
      {removing && (
        <ConfirmDialog
          title={t('agents.remove', { name: removing.name })}
          text={t('agents.team.removeMore')}
          confirm={t('agents.removeNow')}
          onConfirm={() => remove.mutate(removing.id)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Agent, agentsQuery, removeAgent, teamsQuery } from '../../api/agents.ts'
import { AgentStateBadge } from '../../ui/agent-state-badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { List } from '../../ui/list.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { AgentForm } from './agent-form.tsx'

/** Everybody who talks on calls, people and AI. */
export function AgentList({ search, barred }: { search: string; barred: string | null }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(agentsQuery(search))
  const teams = useQuery(teamsQuery).data?.data ?? []
  const [changing, setChanging] = useState<Agent | null>(null)
  const [removing, setRemoving] = useState<Agent | null>(null)
  const remove = useMutation({ mutationFn: (id: string) => removeAgent(id), onError: tellRefusal })
  const columns: Column<Agent>[] = [
    {
      id: 'name',
      title: t('agents.column.name'),
      width: 12,
      cell: (agent) => (
        <Button
          look="quiet"
          size="small"
          className="-ms-2.5 max-w-full text-accent!"
          barred={barred}
          onClick={() => setChanging(agent)}
        >
          <bdi className="truncate">{agent.name}</bdi>
        </Button>
      ),
    },
    {
      id: 'state',
      title: t('agents.column.state'),
      width: 10,
      cell: ({ state }) => <AgentStateBadge state={state as 'offline'} reason={null} />,
    },
    {
      id: 'reached',
      title: t('agents.column.reached'),
      width: 12,
      cell: ({ kind, reached_at, extension, phone_number }) =>
        kind === 'ai'
          ? t('agents.kind.ai')
          : t(`agents.reached.${reached_at}`, { place: extension ?? phone_number ?? '' }),
    },
    {
      id: 'teams',
      title: t('agents.column.teams'),
      width: 12,
      cell: ({ team_ids }) =>
        teams
          .filter(({ id }) => team_ids.includes(id))
          .map(({ name }) => name)
          .join(', '),
    },
    { id: 'skills', title: t('agents.column.skills'), width: 10, cell: ({ skills }) => skills.join(', ') },
    {
      id: 'active',
      title: t('agents.column.active'),
      width: 7,
      cell: ({ active }) => t(active ? 'agents.active.yes' : 'agents.active.no'),
    },
    {
      id: 'acts',
      title: t('agents.column.acts'),
      width: 6,
      cell: (agent) => (
        <Button
          look="quiet"
          size="icon"
          barred={barred}
          aria-label={t('agents.remove', { name: agent.name })}
          onClick={() => setRemoving(agent)}
        >
          <Trash2 aria-hidden className="size-4" />
        </Button>
      ),
    },
  ]
  const empty = (
    <Empty icon={Users} title={t(search === '' ? 'agents.none' : 'agents.noneSuch')}>
      {t(search === '' ? 'agents.noneMore' : 'agents.noneSuchMore')}
    </Empty>
  )
  return (
    <>
      <List
        label={t('places.agents')}
        of={list}
        which={search}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={empty}
      />
      {changing && <AgentForm agent={changing} onClose={() => setChanging(null)} />}
      {removing && (
        <ConfirmDialog
          title={t('agents.remove', { name: removing.name })}
          text={t('agents.removeMore')}
          confirm={t('agents.removeNow')}
          onConfirm={() => remove.mutate(removing.id)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}

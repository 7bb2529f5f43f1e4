import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Headphones, TriangleAlert, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { todayQuery } from '../../api/agents.ts'
import { showAge, showCount } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { AgentStateBadge } from '../../ui/agent-state-badge.tsx'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Seen } from './attention.ts'

interface AgentGridProps {
  rows: readonly Seen[]
  /** The session whose agent is looked at. */
  chosen: string | null
  onChoose: (id: string | null) => void
}

/** Everybody at the phone, whoever needs attention first. */
export function AgentGrid({ rows, chosen, onChoose }: AgentGridProps) {
  const { t } = useTranslation()
  const today = useQuery(todayQuery).data?.data
  const of = (row: Seen) => today?.find(({ agent_id }) => agent_id === row.agent_id)
  if (rows.length === 0) {
    return (
      <Empty icon={Users} title={t('wallboard.nobody')}>
        {t('wallboard.nobodyMore')}{' '}
        <Link to={urls.agents} className="text-accent underline">
          {t('places.agents')}
        </Link>
      </Empty>
    )
  }
  const columns: Column<Seen>[] = [
    {
      id: 'agent',
      title: t('wallboard.column.agent'),
      width: 10,
      cell: (row) => (
        <button
          type="button"
          aria-pressed={row.id === chosen}
          onClick={() => onChoose(row.id === chosen ? null : row.id)}
          className={clsx(
            'max-w-full cursor-pointer truncate rounded-md px-2 py-1 font-medium',
            row.id === chosen ? 'bg-accent text-accent-ink' : 'text-accent hover:bg-raised',
          )}
        >
          {row.agent_name}
        </button>
      ),
    },
    {
      id: 'state',
      title: t('wallboard.column.state'),
      width: 9.5,
      cell: (row) => (
        <span data-agent-state={row.state}>
          <AgentStateBadge state={row.state} reason={row.reason} />
        </span>
      ),
    },
    { id: 'age', title: t('wallboard.column.age'), width: 4.5, cell: (row) => showAge(row.ageMs) },
    {
      id: 'attention',
      title: t('wallboard.column.attention'),
      width: 11,
      cell: (row) =>
        row.attention && (
          <span className="inline-flex items-center gap-1.5 font-medium text-bad">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            {t(`wallboard.attention.${row.attention}`)}
          </span>
        ),
    },
    {
      id: 'campaign',
      title: t('wallboard.column.campaign'),
      width: 9,
      cell: (row) => <bdi>{row.campaign?.name}</bdi>,
    },
    {
      id: 'joins',
      title: t('wallboard.column.joins'),
      width: 9,
      cell: (row) =>
        row.joins.map(({ user_id, user_name, how }) => (
          <span key={user_id} className="inline-flex items-center gap-1">
            <Headphones aria-hidden className="size-4" />
            {t('wallboard.joined', { name: user_name, how: t(`wallboard.how.${how}`) })}
          </span>
        )),
    },
    { id: 'talks', title: t('wallboard.column.talks'), width: 4.5, cell: (row) => showCount(of(row)?.answered ?? 0) },
    { id: 'talked', title: t('wallboard.column.talked'), width: 5, cell: (row) => showAge(of(row)?.talk_ms ?? 0) },
    { id: 'sales', title: t('wallboard.column.sales'), width: 4.5, cell: (row) => showCount(of(row)?.sales ?? 0) },
  ]
  return (
    <Table
      label={t('wallboard.grid')}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      nameOf={(row) => row.agent_name}
    />
  )
}

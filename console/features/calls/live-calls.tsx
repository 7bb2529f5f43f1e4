import { useMutation, useQuery } from '@tanstack/react-query'
import { PhoneCall, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Call, hangUp, liveCallsQuery } from '../../api/calls.ts'
import { useBarred } from '../../api/me.ts'
import { urls } from '../../lib/urls.ts'
import { Age } from '../../ui/age.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { callColumns, nameOf } from './call-columns.tsx'
import { StateBadge } from './state-badge.tsx'

const shown = ['person', 'phone', 'agent', 'campaign']

/** Since when a call is as it is. */
export const stateSince = ({ initiated_at, ringing_at, answered_at, connected_at }: Call) =>
  connected_at ?? answered_at ?? ringing_at ?? initiated_at

/** The calls that are up now, of a campaign or of all, each with a way to end it. */
export function LiveCalls({ campaignId }: { campaignId?: string | undefined }) {
  const { t } = useTranslation()
  const live = useQuery(liveCallsQuery(campaignId))
  const [ending, setEnding] = useState<Call | null>(null)
  const barred = useBarred()('calls.act')
  const { mutate } = useMutation({ mutationFn: hangUp, onError: tellRefusal })
  const [person, ...others] = callColumns(t).filter(
    ({ id }) => shown.includes(id) && !(campaignId && id === 'campaign'),
  )
  const columns: Column<Call>[] = [
    person as Column<Call>,
    { id: 'state', title: t('calls.column.state'), width: 8, cell: ({ state }) => <StateBadge state={state} /> },
    { id: 'age', title: t('calls.column.age'), width: 5, cell: (call) => <Age since={stateSince(call)} /> },
    ...others,
    {
      ...{ id: 'act', title: t('calls.column.act'), width: 9 },
      cell: (call) => (
        <Button look="bad" size="small" barred={barred} onClick={() => setEnding(call)}>
          <PhoneOff aria-hidden className="size-4" />
          {t('calls.hangUp')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Loaded of={live} shape={<Skeleton className="h-80" />}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={PhoneCall} title={t('calls.noneLive')}>
              {t('calls.noneLiveMore')}
            </Empty>
          ) : (
            <Table
              label={t('calls.liveOf', { count: data.length })}
              columns={columns}
              rows={data}
              idOf={({ id }) => id}
              nameOf={(call) => nameOf(call, t('calls.nobody'))}
              linkTo={({ id }) => ({ to: urls.call, params: { id } })}
            />
          )
        }
      </Loaded>
      {ending && <HangUpDialog call={ending} onConfirm={() => mutate(ending.id)} onClose={() => setEnding(null)} />}
    </>
  )
}

interface HangUpDialogProps {
  call: Call
  onConfirm: () => void
  onClose: () => void
}

export function HangUpDialog({ call, onConfirm, onClose }: HangUpDialogProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('calls.askHangUp', { name: nameOf(call, t('calls.nobody')) })}
      text={t('calls.askHangUpMore')}
      confirm={t('calls.hangUp')}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { Call } from '../../api/calls.ts'
import { dispositionsQuery } from '../../api/dispositions.ts'
import { showMomentIn, showShortMoment } from '../../lib/days.ts'
import { showAge, showMoney } from '../../lib/format.ts'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import type { Column } from '../../ui/table.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'

/** The number of whoever talked to us. */
export const phoneOf = ({
  direction,
  from_number,
  to_number,
}: Pick<Call, 'direction' | 'from_number' | 'to_number'>) => (direction === 'inbound' ? from_number : to_number)

/** A person by name, else by number; `nobody` where both are erased or unknown. */
export const nameOf = (call: Pick<Call, 'contact_name' | 'direction' | 'from_number' | 'to_number'>, nobody: string) =>
  call.contact_name || phoneOf(call) || nobody

const none = '–'

export function When({ call }: { call: Pick<Call, 'initiated_at' | 'zone'> }) {
  const { initiated_at, zone } = call
  return (
    <time dateTime={initiated_at} title={zone ? showMomentIn(initiated_at, zone) : undefined}>
      {showShortMoment(initiated_at)}
    </time>
  )
}

export function Disposition({ of }: { of: string | null }) {
  const { data } = useQuery(dispositionsQuery(true))
  return of === null ? none : (data?.data.find(({ key }) => key === of)?.name ?? of)
}

export function callColumns(t: TFunction<'words'>): Column<Call>[] {
  const column = (id: string, width: number, cell: Column<Call>['cell']): Column<Call> => ({
    ...{ id, width, cell, title: t(`calls.column.${id as 'person'}`) },
  })
  return [
    column('person', 11, (call) => <bdi>{nameOf(call, t('calls.nobody'))}</bdi>),
    column('outcome', 15, (call) => <OutcomeBadge call={call} />),
    column('created_at', 10.5, (call) => <When call={call} />),
    column('phone', 11, (call) => {
      const phone = phoneOf(call)
      return phone === null ? none : <PhoneNumber e164={phone} />
    }),
    column('disposition', 9, ({ disposition }) => <Disposition of={disposition} />),
    column('agent', 8, ({ agent_name }) => <bdi>{agent_name ?? none}</bdi>),
    column('duration', 5, ({ duration_seconds: seconds }) => (seconds === null ? none : showAge(seconds * 1000))),
    column('campaign', 11, ({ campaign_name }) => <bdi>{campaign_name ?? none}</bdi>),
    column('cost', 5, ({ cost, cost_currency: currency }) =>
      cost === null || currency === null ? none : showMoney(cost, currency),
    ),
  ]
}

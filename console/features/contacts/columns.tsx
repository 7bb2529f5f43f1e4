import { useTranslation } from 'react-i18next'
import type { Contact } from '../../api/contacts.ts'
import { showMoment } from '../../lib/format.ts'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import type { Column } from '../../ui/table.tsx'

/** What a table says of people. */
export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation()
  const title = (id: 'name' | 'phone' | 'company' | 'city' | 'email' | 'created_at') => ({
    id,
    title: t(`contacts.column.${id}`),
  })
  return [
    { ...title('name'), width: 12, sortable: true, cell: ({ full_name }) => full_name || t('contacts.unnamed') },
    {
      ...title('phone'),
      width: 11.5,
      cell: ({ phones: [first, ...others] }) => (
        <>
          {first && <PhoneNumber e164={first.number} />}
          {others.length > 0 && <span className="text-ink-soft">{` +${others.length}`}</span>}
        </>
      ),
    },
    { ...title('company'), width: 9, cell: ({ company }) => company },
    { ...title('city'), width: 8, cell: ({ city }) => city },
    { ...title('email'), width: 12, cell: ({ email }) => <bdi dir="ltr">{email}</bdi> },
    { ...title('created_at'), width: 11.5, sortable: true, cell: ({ created_at }) => showMoment(created_at) },
  ]
}

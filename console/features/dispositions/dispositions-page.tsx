import { useMutation, useQuery } from '@tanstack/react-query'
import { Check, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeDisposition, type Disposition, dispositionsQuery } from '../../api/dispositions.ts'
import { useBarred } from '../../api/me.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { DispositionDialog } from './disposition-dialog.tsx'
import { meanings } from './meanings.ts'

/** What agents may say that a call meant, and what follows from it. */
export function DispositionsPage() {
  const { t } = useTranslation()
  const barred = useBarred()
  const list = useQuery(dispositionsQuery(true))
  const [editing, setEditing] = useState<Disposition | 'new' | null>(null)
  const notMine = barred('dispositions.write')
  const retire = useMutation({
    mutationFn: ({ id, retired_at }: Disposition) => changeDisposition(id, { retired: retired_at === null }),
    onError: tellRefusal,
  })
  const columns: Column<Disposition>[] = [
    { id: 'name', title: t('dispositions.name'), width: 13, cell: ({ name }) => <bdi>{name}</bdi> },
    ...meanings.map((meaning) => ({
      id: meaning,
      title: t(`dispositions.meaning.${meaning}`),
      width: 7,
      cell: (row: Disposition) =>
        row[meaning] ? <Check className="size-4" aria-label={t('dispositions.yes')} /> : null,
    })),
    {
      id: 'required',
      title: t('dispositions.required'),
      width: 13,
      cell: ({ required_fields }) =>
        required_fields.map((field) => t(`dispositions.field.${field as 'note'}`, field)).join(', '),
    },
    {
      id: 'acts',
      title: t('dispositions.acts'),
      width: 13,
      cell: (row) => (
        <span className="flex gap-1">
          <Button
            look="quiet"
            size="icon"
            aria-label={t('dispositions.changeOne', { name: row.name })}
            barred={notMine}
            onClick={() => setEditing(row)}
          >
            <Pencil aria-hidden className="size-4" />
          </Button>
          <Button look="quiet" size="small" barred={notMine} onClick={() => retire.mutate(row)}>
            {t(row.retired_at === null ? 'dispositions.retire' : 'dispositions.bringBack')}
          </Button>
        </span>
      ),
    },
  ]
  const add = (
    <Button look="primary" barred={notMine} onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      {t('dispositions.add')}
    </Button>
  )
  return (
    <Page title={t('places.dispositions')} aside={add}>
      <Loaded of={list}>
        {({ data }) => (
          <Table
            label={t('places.dispositions')}
            columns={columns}
            rows={data}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
          />
        )}
      </Loaded>
      {editing && (
        <DispositionDialog disposition={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  )
}

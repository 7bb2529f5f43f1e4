import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, FilePlus2, ListX, Loader, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import {
  refusedNumbersAt,
  removeList,
  type SuppressionList,
  suppressionListsQuery,
  uploadInto,
} from '../../api/suppressions.ts'
import { showCount, showMoment } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Meter } from '../../ui/meter.tsx'
import { More } from '../../ui/more.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Empty } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { NewListDialog } from './new-list-dialog.tsx'

/** Lists of numbers that came as files: registers of states and nations, a brand's, an owner's. */
export function NumberLists() {
  const { t } = useTranslation()
  const barred = useBarred()
  const lists = useInfiniteQuery(suppressionListsQuery)
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Button className="self-start" barred={barred('suppression-lists.write')} onClick={() => setAdding(true)}>
        <FilePlus2 aria-hidden className="size-4" />
        {t('doNotCall.list.add')}
      </Button>
      <Loaded of={lists}>
        {({ pages }) => {
          const rows = pages.flatMap(({ data }) => data)
          if (rows.length === 0) {
            return (
              <Empty icon={ListX} title={t('doNotCall.list.none')}>
                {t('doNotCall.list.noneMore')}
              </Empty>
            )
          }
          return (
            <>
              <ul className="grid grid-cols-1 gap-4 xl:grid-cols-2">
                {rows.map((list) => (
                  <ListCard key={list.id} list={list} />
                ))}
              </ul>
              <More of={lists} className="self-center" />
            </>
          )
        }}
      </Loaded>
      {adding && <NewListDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function ListCard({ list }: { list: SuppressionList }) {
  const { t } = useTranslation()
  const barred = useBarred()
  const [removing, setRemoving] = useState(false)
  const replace = useMutation({ mutationFn: (file: File) => uploadInto(list.id, file), onError: tellRefusal })
  const running = list.status === 'importing'
  return (
    <li className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-semibold" dir="auto">
          {list.name}
        </h2>
        <ListStatus status={list.status} />
      </div>
      <p className="text-sm text-ink-soft" dir="auto">
        {t('doNotCall.list.line', {
          scope: t(`doNotCall.scope.${list.scope}`),
          source: list.source,
          when: list.uploaded_at === null ? t('doNotCall.list.never') : showMoment(list.uploaded_at),
        })}
      </p>
      <p>
        {t('doNotCall.list.numbers', { count: list.numbers, shown: showCount(list.numbers) })}
        {list.refused_rows > 0 && (
          <a href={refusedNumbersAt(list.id)} className="ms-3 text-accent underline">
            {t('doNotCall.list.refused', { count: list.refused_rows })}
          </a>
        )}
      </p>
      {list.error && <p className="text-sm text-bad">{list.error}</p>}
      {running && (
        <Meter share={list.bytes_read / Math.max(1, list.file_size_bytes)} label={t('doNotCall.list.reading')} />
      )}
      <div className="flex flex-wrap gap-2">
        <label className="inline-flex h-8 cursor-pointer items-center rounded-lg border border-line px-2.5 text-sm font-medium hover:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-accent">
          <input
            type="file"
            className="sr-only"
            accept=".csv,.txt,text/csv,text/plain"
            disabled={barred('suppression-lists.write') !== null || running}
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) replace.mutate(file)
              target.value = ''
            }}
          />
          {t('doNotCall.list.replace')}
        </label>
        <Button look="bad" size="small" barred={barred('suppression-lists.write')} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t('doNotCall.list.remove')}
        </Button>
      </div>
      {removing && (
        <ReasonDialog
          title={t('doNotCall.list.removeTitle', { name: list.name })}
          text={t('doNotCall.list.removeText', { count: list.numbers, shown: showCount(list.numbers) })}
          submit={t('doNotCall.list.remove')}
          onSubmit={async (reason) => {
            await removeList(list.id, reason)
            setRemoving(false)
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  )
}

const statusLooks = {
  empty: { tone: 'quiet', icon: ListX },
  importing: { tone: 'info', icon: Loader },
  ready: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleAlert },
} as const

function ListStatus({ status }: Pick<SuppressionList, 'status'>) {
  const { t } = useTranslation()
  return <Badge {...statusLooks[status]}>{t(`doNotCall.list.status.${status}`)}</Badge>
}

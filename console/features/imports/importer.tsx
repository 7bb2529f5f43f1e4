import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askPreview, beginImport, type ImportJob, type ImportOptions, recentImportsQuery } from '../../api/imports.ts'
import { Button } from '../../ui/button.tsx'
import { Failed, Skeleton } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { ChooseFile, type Chosen } from './choose-file.tsx'
import { type Layout, mappingBefore } from './layout.ts'
import { Mapping } from './mapping.tsx'
import { PreviewCounts } from './preview-counts.tsx'
import { PreviewRows } from './preview-rows.tsx'
import { ReadingOptions } from './reading-options.tsx'

interface ImporterProps {
  campaign_id: string | undefined
  /** The server has the file, and reads on by itself. */
  onBegun?: (job: ImportJob) => void
}

/** A file of people: chosen, looked at, then taken. Nothing is written before somebody says so. */
export function Importer({ campaign_id, onBegun }: ImporterProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const begin = useMutation({
    mutationFn: ({ file, name, options, key }: Chosen & { options: ImportOptions; key: string }) =>
      beginImport({ file, name, campaign_id, options }, key),
    onSuccess: (job) => {
      setChosen(null)
      onBegun?.(job)
    },
    onError: tellRefusal,
  })
  if (chosen === null) {
    const takeAtOnce = (sample: Chosen) => begin.mutate({ ...sample, options: {}, key: crypto.randomUUID() })
    return <ChooseFile sending={begin.isPending} onChoose={setChosen} onSample={takeAtOnce} />
  }
  return (
    <Look
      key={`${chosen.name} ${campaign_id ?? ''}`}
      chosen={chosen}
      campaign_id={campaign_id}
      sending={begin.isPending}
      onTake={(options, key) => begin.mutate({ ...chosen, options, key })}
      onLeave={() => setChosen(null)}
    />
  )
}

interface LookProps {
  chosen: Chosen
  campaign_id: string | undefined
  sending: boolean
  onTake: (options: ImportOptions, key: string) => void
  onLeave: () => void
}

/** What the file would do, and how it is read. */
function Look({ chosen, campaign_id, sending, onTake, onLeave }: LookProps) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<ImportOptions>({})
  const { data: earlier } = useQuery(recentImportsQuery)
  /** The same file read in the same way is one import, however often it is sent. */
  const key = useRef(crypto.randomUUID())
  const preview = useQuery({
    queryKey: ['import-preview', chosen.id, campaign_id, said],
    queryFn: () => askPreview({ ...chosen, campaign_id, options: said }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const { data, error, refetch, isFetching } = preview
  const layout = data?.layout as Layout | undefined
  const before = layout && said.mapping === undefined ? mappingBefore(layout, earlier?.data ?? []) : null
  const say = (change: ImportOptions) => {
    key.current = crypto.randomUUID()
    setSaid((old) => ({ ...old, ...change }))
  }
  const leave = <Button onClick={onLeave}>{t('imports.other')}</Button>
  if (error) {
    return (
      <div className="flex flex-col items-start gap-3">
        <Failed error={error} retry={refetch} />
        {leave}
      </div>
    )
  }
  if (!data || !layout) return <Skeleton className="h-96" />
  const taken = (data.counts.create ?? 0) + (data.counts.update ?? 0)
  const why = sending ? t('imports.sending') : isFetching ? t('imports.counting') : null
  return (
    <div className="flex flex-col gap-6">
      <PreviewCounts name={chosen.name} layout={layout} counts={data.counts} counting={isFetching} />
      {before && (
        <p className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-info-soft px-4 py-3 text-sm">
          {t('imports.mappedBefore', { name: before.file_name })}
          <Button size="small" onClick={() => say({ mapping: before.mapping })}>
            {t('imports.mapSo')}
          </Button>
        </p>
      )}
      <Mapping columns={layout.columns} onMap={(mapping) => say({ mapping: { ...said.mapping, ...mapping } })} />
      <ReadingOptions options={said} onSay={say} />
      <PreviewRows rows={data.rows} />
      <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t border-line bg-ground py-3">
        <Button
          look="primary"
          barred={why ?? (taken === 0 ? t('imports.nobody') : null)}
          onClick={() => onTake(said, key.current)}
        >
          {t('imports.take', { count: taken })}
        </Button>
        {leave}
      </div>
    </div>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Ban, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { campaignQuery } from '../../api/campaigns.ts'
import { cancelImport, type ImportJob, importQuery, undoImport } from '../../api/imports.ts'
import { useBarred } from '../../api/me.ts'
import { showCount, showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { Causes } from './causes.tsx'
import { ImportBadge, isRunning } from './import-badge.tsx'
import { ImportProgress } from './import-progress.tsx'

const route = getRouteApi(urls.import)

/** One file: how far it is, what became of its rows, and what to mend. */
export function ImportPage() {
  const { id } = route.useParams()
  const { t } = useTranslation()
  const job = useQuery(importQuery(id))
  return (
    <Page title={job.data?.file_name ?? t('imports.one')} aside={job.data && <ImportActs job={job.data} />}>
      <Loaded of={job}>
        {(found) => (
          <>
            <ImportProgress job={found} />
            {!isRunning(found) && <Causes job={found} />}
            <About job={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function About({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const { campaign_id, id, number, consent_basis, created_at, completed_at } = job
  const { data: campaign } = useQuery({ ...campaignQuery(campaign_id ?? ''), enabled: campaign_id !== null })
  const link = 'text-accent hover:underline'
  return (
    <Card title={t('imports.about')}>
      <Facts
        facts={[
          [
            t('imports.went'),
            campaign_id === null ? (
              <Link key="to" to={urls.contacts} search={{ list: id }} className={link}>
                {t('imports.toContacts')}
              </Link>
            ) : (
              <Link key="to" to={urls.campaign} params={{ id: campaign_id }} search={{ tab: 'leads' }} className={link}>
                {campaign?.name ?? t('campaigns.one')}
              </Link>
            ),
          ],
          [t('imports.number'), String(number)],
          [t('imports.consent'), consent_basis],
          [t('imports.when'), showMoment(created_at)],
          [t('imports.ended'), completed_at && showMoment(completed_at)],
        ]}
      />
    </Card>
  )
}

function ImportActs({ job }: { job: ImportJob }) {
  const { id, status, imported_rows, file_name } = job
  const { t } = useTranslation()
  const barred = useBarred()
  const [asking, setAsking] = useState(false)
  const cancel = useMutation({ mutationFn: () => cancelImport(id), onError: tellRefusal })
  const undo = useMutation({
    mutationFn: () => undoImport(id),
    onSuccess: ({ contacts }) => tell('success', t('imports.undone', { count: contacts, shown: showCount(contacts) })),
    onError: tellRefusal,
  })
  const nothing = status === 'undone' ? t('imports.isUndone') : imported_rows === 0 ? t('imports.nothingToUndo') : null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ImportBadge status={status} />
      {isRunning(job) ? (
        <Button barred={barred('imports.write')} onClick={() => cancel.mutate()}>
          <Ban aria-hidden className="size-4" />
          {t('imports.cancel')}
        </Button>
      ) : (
        <Button look="bad" barred={barred('imports.write') ?? nothing} onClick={() => setAsking(true)}>
          <Undo2 aria-hidden className="size-4" />
          {t('imports.undo')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={t('imports.askUndo', { name: file_name })}
          text={t('imports.askUndoMore', { count: imported_rows, shown: showCount(imported_rows) })}
          confirm={t('imports.undo')}
          onConfirm={() => undo.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

import { CircleAlert, type LucideIcon, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Refused } from '../api/client.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

/** Nothing is there yet: what that means, and the one thing to do next. */
export function Empty({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-dashed border-line px-6 py-14 text-center">
      <Icon aria-hidden className="size-8 text-ink-soft" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="max-w-prose text-ink-soft">{children}</div>
    </div>
  )
}

/** Something could not be read: why, what to try, and what to tell whoever is asked for help. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation()
  const problem = error instanceof Refused ? error.problem : null
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-bad/40 bg-bad-soft p-5">
      <p className="flex items-center gap-2 font-medium text-bad">
        <CircleAlert aria-hidden className="size-5 shrink-0" />
        {problem?.title ?? t(error instanceof Refused ? 'failed.unreachable' : 'failed.broken')}
      </p>
      {problem?.detail && <p dir="auto">{problem.detail}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" onClick={retry}>
          <RotateCw aria-hidden className="size-4" />
          {t('failed.retry')}
        </Button>
        {problem?.request_id && (
          <CopyButton text={problem.request_id} label={t('failed.copyRequest', { id: problem.request_id })} />
        )}
      </div>
    </div>
  )
}

/** Stands where something is about to be, in its shape. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={`animate-pulse rounded-lg bg-raised ${className}`} />
}

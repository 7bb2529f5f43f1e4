import { Ban, CircleAlert, CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../api/imports.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const looks: Record<ImportJob['status'], { tone: Tone; icon: LucideIcon }> = {
  pending: { tone: 'quiet', icon: Clock },
  processing: { tone: 'info', icon: LoaderCircle },
  completed: { tone: 'good', icon: CircleCheck },
  partial: { tone: 'warn', icon: CircleAlert },
  failed: { tone: 'bad', icon: CircleX },
  cancelled: { tone: 'quiet', icon: Ban },
  undone: { tone: 'quiet', icon: Undo2 },
}

export function ImportBadge({ status }: Pick<ImportJob, 'status'>) {
  const { t } = useTranslation()
  return <Badge {...looks[status]}>{t(`imports.status.${status}`)}</Badge>
}

export const isRunning = ({ status }: Pick<ImportJob, 'status'>): boolean =>
  status === 'pending' || status === 'processing'

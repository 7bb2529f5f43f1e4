import { Archive, CircleCheck, CircleX, Clock, type LucideIcon, Trash } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Recording, RecordingState } from '../../api/recordings.ts'
import { showMoment } from '../../lib/format.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Player } from './player.tsx'

const looks: Record<RecordingState, { tone: Tone; icon: LucideIcon }> = {
  kept: { tone: 'good', icon: CircleCheck },
  waiting: { tone: 'info', icon: Clock },
  lost: { tone: 'bad', icon: CircleX },
  leaving: { tone: 'quiet', icon: Trash },
  gone: { tone: 'quiet', icon: Trash },
}

export function RecordingBadge({ state }: { state: RecordingState }) {
  const { t } = useTranslation()
  return <Badge {...looks[state]}>{t(`recordings.state.${state}`)}</Badge>
}

/** The player, or a stone with what is known of audio that is not there. */
export function RecordingPanel({ recording }: { recording: Recording }) {
  const { t } = useTranslation()
  if (recording.state === 'kept') return <Player recording={recording} />
  return (
    <div className="flex items-start gap-3 rounded-lg bg-raised p-4">
      <Archive aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <RecordingBadge state={recording.state} />
          <span className="text-sm text-ink-soft">
            {t('recordings.recordedAt', { when: showMoment(recording.recorded_at) })}
          </span>
        </p>
        <p className="text-sm">{t(`recordings.why.${recording.state}`)}</p>
        {recording.reason && (
          <p dir="auto" className="text-sm text-ink-soft">
            {recording.reason}
          </p>
        )}
      </div>
    </div>
  )
}

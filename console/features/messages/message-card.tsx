import { useMutation } from '@tanstack/react-query'
import { Headphones, Pencil, Trash2, VolumeX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteDrop, dropAudioAt, isAudible, type VoicemailDrop } from '../../api/voicemail-drops.ts'
import { showAge, showBytes, showCount } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'

interface MessageCardProps {
  drop: VoicemailDrop
  notMine: string | null
  onEdit: () => void
}

export function MessageCard({ drop, notMine, onEdit }: MessageCardProps) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  const [listening, setListening] = useState(false)
  const remove = useMutation({ mutationFn: deleteDrop, onError: tellRefusal })
  const { id, name, message, bytes, sha256, duration_seconds, usage_count } = drop
  return (
    <li className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 font-semibold wrap-anywhere" dir="auto">
          {name}
        </h2>
        {!isAudible(drop) && (
          <Badge tone="warn" icon={VolumeX}>
            {t('messages.silent')}
          </Badge>
        )}
      </div>
      <Facts
        facts={[
          [t('messages.length'), duration_seconds !== null && showAge(duration_seconds * 1000)],
          [t('messages.size'), bytes !== null && showBytes(bytes)],
          [t('messages.atCarrier'), bytes === null && message],
          [t('messages.left'), t('messages.times', { count: usage_count, shown: showCount(usage_count) })],
        ]}
      />
      {listening && bytes !== null && (
        // biome-ignore lint/a11y/useMediaCaption: what was recorded has no text beside it.
        <audio key={sha256} controls autoPlay src={dropAudioAt(id)} aria-label={name} className="w-full" />
      )}
      <div className="mt-auto flex flex-wrap gap-2">
        {!listening && (
          <Button
            size="small"
            barred={bytes === null ? t('messages.nothingToHear') : null}
            onClick={() => setListening(true)}
          >
            <Headphones aria-hidden className="size-4" />
            {t('messages.listen')}
          </Button>
        )}
        <Button size="small" barred={notMine} onClick={onEdit}>
          <Pencil aria-hidden className="size-4" />
          {t('messages.change')}
        </Button>
        <Button size="small" look="bad" barred={notMine} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t('messages.delete')}
        </Button>
      </div>
      {removing && (
        <ConfirmDialog
          title={t('messages.deleteTitle', { name })}
          text={t('messages.deleteText')}
          confirm={t('messages.delete')}
          onConfirm={() => remove.mutate(id)}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  )
}

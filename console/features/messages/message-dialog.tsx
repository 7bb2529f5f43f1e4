import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keepDrop, uploadDropAudio, type VoicemailDrop } from '../../api/voicemail-drops.ts'
import { DropZone } from '../../ui/drop-zone.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

interface Typed {
  name: string
  /** The carrier's own name of a recording. */
  message: string
  /** The audio, by the word that the server says what it refuses of it. */
  body: File | null
}

interface MessageDialogProps {
  /** The one that is changed; null: a new one. */
  drop: VoicemailDrop | null
  onClose: () => void
}

export function MessageDialog({ drop, onClose }: MessageDialogProps) {
  const { t } = useTranslation()
  // Of a new one whose audio is refused there is already the name: another try is about the same.
  const id = useRef(drop?.id ?? null)
  const first: Typed = { name: drop?.name ?? '', message: drop?.message ?? '', body: null }
  const { form, field, submit, submitting, fault } = useServerForm<Typed>(first, async ({ name, message, body }) => {
    // One that is there can be another one, and not none: the server says so.
    id.current = await keepDrop(id.current, { name, ...((message !== '' || first.message !== '') && { message }) })
    if (body) await uploadDropAudio(id.current, body)
    onClose()
  })
  const chosen = form.watch('body')
  const refused = form.formState.errors.body?.message
  return (
    <FormDialog
      title={drop ? t('messages.changeOne', { name: drop.name }) : t('messages.add')}
      text={t('messages.addText')}
      submit={t(drop ? 'messages.save' : 'messages.add')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('messages.name')} required {...field('name')} />
      <DropZone
        title={t(chosen || drop?.bytes ? 'messages.otherFile' : 'messages.file')}
        accept=".wav,audio/wav"
        onFile={(file) => form.setValue('body', file)}
      >
        <p dir="auto">{chosen?.name ?? t('messages.fileHint')}</p>
        {refused && (
          <p role="alert" dir="auto" className="font-medium text-bad">
            {refused}
          </p>
        )}
      </DropZone>
      <TextField label={t('messages.atCarrier')} hint={t('messages.atCarrierHint')} dir="ltr" {...field('message')} />
    </FormDialog>
  )
}

import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import { centered, Modal } from './modal.tsx'

interface ConfirmDialogProps {
  title: string
  text: string
  /** What the button that does it says. */
  confirm: string
  /** Has to be typed before: for what takes much along. */
  typed?: string
  /** Why it can't be done yet. */
  barred?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that can't be taken back; open as long as it is shown. */
export function ConfirmDialog({ title, text, confirm, typed, barred, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const untyped = typed === undefined || words.trim() === typed ? null : t('confirm.typeFirst', { name: typed })
  const confirmed = () => {
    onConfirm()
    onClose()
  }
  return (
    <Modal
      title={title}
      text={text}
      asks
      className={clsx(centered, 'w-[min(30rem,calc(100vw-2rem))] p-6')}
      onClose={onClose}
    >
      {typed !== undefined && (
        <div className="mt-4">
          <TextField
            label={t('confirm.type', { name: typed })}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </div>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('confirm.keep')}</Button>
        <Button look="bad" barred={barred ?? untyped} onClick={confirmed}>
          {confirm}
        </Button>
      </div>
    </Modal>
  )
}

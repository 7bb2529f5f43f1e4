import { AlertDialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'

interface ConfirmDialogProps {
  title: string
  text: string
  /** What the button that does it says. */
  confirm: string
  /** Has to be typed before: for what takes much along. */
  typed?: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that can't be taken back; open as long as it is shown. */
export function ConfirmDialog({ title, text, confirm, typed, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const barred = typed === undefined || words.trim() === typed ? null : t('confirm.typeFirst', { name: typed })
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-6 shadow-xl">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-soft">{text}</AlertDialog.Description>
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
            <AlertDialog.Cancel asChild>
              <Button>{t('confirm.keep')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="bad" barred={barred} onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

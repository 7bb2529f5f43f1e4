import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** Tones for the other end, by typing or clicking. What was typed is counted, not shown: it may be a card number. */
export function Keypad({ onDigits, onClose }: { onDigits: (digits: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [sent, setSent] = useState(0)
  const send = (digit: string) => {
    setSent((before) => before + 1)
    onDigits(digit)
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content
          onKeyDown={({ key }) => (keys as readonly string[]).includes(key) && send(key)}
          className="fixed top-1/2 left-1/2 z-50 w-72 -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-5 shadow-xl"
        >
          <Dialog.Title className="text-lg font-semibold">{t('desk.keypad.title')}</Dialog.Title>
          <Dialog.Description className="text-sm text-ink-soft">{t('desk.keypad.hint')}</Dialog.Description>
          <div dir="ltr" className="my-4 grid grid-cols-3 gap-2">
            {keys.map((key) => (
              <Button key={key} className="h-12 text-lg" onClick={() => send(key)}>
                {key}
              </Button>
            ))}
          </div>
          <div className="flex items-center justify-between">
            <p role="status" className="text-sm text-ink-soft">
              {t('desk.keypad.sent', { count: sent })}
            </p>
            <Dialog.Close asChild>
              <Button size="small">{t('keys.close')}</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

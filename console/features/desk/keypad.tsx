import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { centered, Modal } from '../../ui/modal.tsx'

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
    <Modal
      title={t('desk.keypad.title')}
      text={t('desk.keypad.hint')}
      className={clsx(centered, 'w-72 p-5')}
      onKeyDown={({ key }) => (keys as readonly string[]).includes(key) && send(key)}
      onClose={onClose}
    >
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
        <Button size="small" onClick={onClose}>
          {t('keys.close')}
        </Button>
      </div>
    </Modal>
  )
}

import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseKey, type KeyAct, useKeys, useListedKeys } from '../lib/keys.ts'
import { Button } from '../ui/button.tsx'
import { centered, Modal } from '../ui/modal.tsx'

/** `?` shows what the keys of the screen do, and lets anybody choose others. */
export function KeysDialog() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useKeys([{ id: 'keys', key: '?', label: t('keys.show'), run: () => setOpen(true) }])
  const acts = useListedKeys()
  return (
    open && (
      <Modal
        title={t('keys.title')}
        text={t('keys.hint')}
        className={clsx(
          centered,
          'flex max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] flex-col gap-4 overflow-y-auto p-6',
        )}
        onClose={() => setOpen(false)}
      >
        <ul className="divide-y divide-line">
          {acts.map((act) => (
            <KeyRow key={act.id} act={act} />
          ))}
        </ul>
        <Button className="self-end" onClick={() => setOpen(false)}>
          {t('keys.close')}
        </Button>
      </Modal>
    )
  )
}

function KeyRow({ act }: { act: KeyAct }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [taken, setTaken] = useState<string | null>(null)
  const take = (event: React.KeyboardEvent) => {
    if (!asking || event.key === 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    const erased = event.key === 'Backspace' || event.key === 'Delete'
    if (event.key.length === 1 || erased)
      setTaken(chooseKey(act.id, erased ? null : event.key.toLowerCase())?.label ?? null)
    setAsking(false)
  }
  return (
    <li className="flex items-center justify-between gap-4 py-1.5">
      <span className="min-w-0">
        {act.label}
        {taken && (
          <span role="alert" className="block text-sm text-bad">
            {t('keys.taken', { label: taken })}
          </span>
        )}
      </span>
      <Button
        size="small"
        aria-label={t('keys.change', { label: act.label, key: act.key })}
        onClick={() => setAsking(true)}
        onBlur={() => setAsking(false)}
        onKeyDown={take}
      >
        <kbd>{asking ? t('keys.press') : act.key}</kbd>
      </Button>
    </li>
  )
}

import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseKey, type KeyAct, useKeys, useListedKeys } from '../lib/keys.ts'
import { Button } from '../ui/button.tsx'

/** `?` shows what the keys of the screen do, and lets anybody choose others. */
export function KeysDialog() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useKeys([{ id: 'keys', key: '?', label: t('keys.show'), run: () => setOpen(true) }])
  const acts = useListedKeys()
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-xl border border-line bg-surface p-6 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">{t('keys.title')}</Dialog.Title>
          <Dialog.Description className="text-sm text-ink-soft">{t('keys.hint')}</Dialog.Description>
          <ul className="divide-y divide-line">
            {acts.map((act) => (
              <KeyRow key={act.id} act={act} />
            ))}
          </ul>
          <Dialog.Close asChild>
            <Button className="self-end">{t('keys.close')}</Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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

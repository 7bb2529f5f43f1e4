import { Dialog } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

interface OnceProps {
  title: string
  text: string
  /** What is shown this once. */
  secret: string
  onClose: () => void
}

/** Something that is shown once and can be copied. */
export function Once({ title, text, secret, onClose }: OnceProps) {
  const { t } = useTranslation()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 flex w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 rounded-xl border border-line bg-surface p-6 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
          <Dialog.Description className="text-ink-soft">{text}</Dialog.Description>
          <code dir="ltr" className="rounded-lg bg-raised p-3 text-sm break-all select-all">
            {secret}
          </code>
          <div className="flex justify-end gap-2">
            <CopyButton text={secret} label={t('once.copy')} />
            <Dialog.Close asChild>
              <Button look="primary">{t('once.done')}</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'

interface SidePanelProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** Looks at one of a list without leaving it; open as long as it is shown. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation()
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 end-0 z-50 flex w-[min(30rem,100vw)] flex-col gap-5 overflow-y-auto border-s border-line bg-surface p-6 shadow-xl"
        >
          <header className="flex items-start justify-between gap-3">
            <Dialog.Title dir="auto" className="min-w-0 text-xl font-semibold wrap-anywhere">
              {title}
            </Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="icon" aria-label={t('panel.close')}>
                <X aria-hidden className="size-5" />
              </Button>
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

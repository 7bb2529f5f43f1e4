import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'

interface SidePanelProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** Looks at one of a list without leaving it; open as long as it is shown. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation()
  return (
    <Modal
      title={title}
      corner={
        <Button look="quiet" size="icon" aria-label={t('panel.close')} onClick={onClose}>
          <X aria-hidden className="size-5" />
        </Button>
      }
      className="inset-y-0 end-0 flex w-[min(30rem,100vw)] flex-col gap-5 overflow-y-auto border-s p-6"
      onClose={onClose}
    >
      {children}
    </Modal>
  )
}

import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { centered, Modal } from './modal.tsx'

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
    <Modal
      title={title}
      text={text}
      className={clsx(centered, 'flex w-[min(36rem,calc(100vw-2rem))] flex-col gap-4 p-6')}
      onClose={onClose}
    >
      <code dir="ltr" className="rounded-lg bg-raised p-3 text-sm break-all select-all">
        {secret}
      </code>
      <div className="flex justify-end gap-2">
        <CopyButton text={secret} label={t('once.copy')} />
        <Button look="primary" onClick={onClose}>
          {t('once.done')}
        </Button>
      </div>
    </Modal>
  )
}

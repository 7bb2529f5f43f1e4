import { clsx } from 'clsx'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { centered, Modal } from './modal.tsx'

interface FormDialogProps {
  title: string
  /** What it is for, in a sentence. */
  text?: string | undefined
  /** What the button that does it says. */
  submit: string
  submitting: boolean
  /** What was refused and concerns no field. */
  fault?: string | undefined
  onSubmit: (event: FormEvent) => unknown
  onClose: () => void
  children: ReactNode
}

/** A form over the page; open as long as it is shown. */
export function FormDialog(props: FormDialogProps) {
  const { title, text, submit, submitting, fault, onSubmit, onClose, children } = props
  const { t } = useTranslation()
  return (
    <Modal
      title={title}
      text={text}
      className={clsx(centered, 'max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto p-6')}
      onClose={onClose}
    >
      <form noValidate className="mt-5 flex flex-col gap-4" onSubmit={onSubmit}>
        {children}
        {fault !== undefined && (
          <p role="alert" dir="auto" className="text-sm font-medium text-bad">
            {fault}
          </p>
        )}
        <div className="sticky -bottom-6 -mx-6 -mb-6 flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-6 py-4">
          <Button onClick={onClose}>{t('confirm.keep')}</Button>
          <Button type="submit" look="primary" barred={submitting ? t('loading') : null}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

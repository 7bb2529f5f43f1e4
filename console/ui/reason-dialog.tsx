import { useTranslation } from 'react-i18next'
import { TextField } from './field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useServerForm } from './use-form.ts'

interface ReasonDialogProps {
  title: string
  text: string
  submit: string
  onSubmit: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** For what is done only with a reason, which is kept. */
export function ReasonDialog({ title, text, submit, onSubmit, onClose }: ReasonDialogProps) {
  const { t } = useTranslation()
  const { field, fault, ...form } = useServerForm({ reason: '' }, ({ reason }) => onSubmit(reason))
  return (
    <FormDialog
      title={title}
      text={text}
      submit={submit}
      submitting={form.submitting}
      fault={fault}
      onSubmit={form.submit}
      onClose={onClose}
    >
      <TextField label={t('reason')} required {...field('reason')} />
    </FormDialog>
  )
}

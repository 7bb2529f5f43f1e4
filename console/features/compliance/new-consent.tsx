import { useTranslation } from 'react-i18next'
import { recordConsent } from '../../api/rules.ts'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

/** Writes down that somebody agreed. */
export function NewConsentDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const values = { number: '', basis: '', text: '', source: '' }
  const { field, submit, submitting, fault } = useServerForm(values, async (typed) => {
    await recordConsent(typed)
    onClose()
  })
  return (
    <FormDialog
      title={t('compliance.record')}
      text={t('compliance.recordText')}
      submit={t('compliance.record')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('compliance.number')} type="tel" dir="ltr" required {...field('number')} />
      <TextField label={t('compliance.basis')} hint={t('compliance.basisHint')} required {...field('basis')} />
      <TextField label={t('compliance.source')} hint={t('compliance.sourceHint')} required {...field('source')} />
      <TextAreaField label={t('compliance.words')} rows={3} {...field('text')} />
    </FormDialog>
  )
}

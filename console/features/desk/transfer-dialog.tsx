import { useTranslation } from 'react-i18next'
import { ChoiceCards } from '../../ui/choice-cards.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'
import type { Desk } from './use-desk.ts'

type How = 'transfer' | 'consult'

/** Hands the call to an extension or a number, at once or after talking with whoever is there. */
export function TransferDialog({ ask, onClose }: { ask: Desk['ask']; onClose: () => void }) {
  const { t } = useTranslation()
  const { form, field, submit, submitting, fault } = useServerForm(
    { to: '', how: 'transfer' as How },
    async ({ to, how }) => {
      await ask({ type: 'act', do: { act: how, to: to.replace(/[\s().-]/g, '') } })
      onClose()
    },
  )
  const options = (['transfer', 'consult'] as const).map((value) => ({
    value,
    title: t(`desk.transfer.${value}`),
    text: t(`desk.transfer.${value}More`),
  }))
  return (
    <FormDialog
      title={t('desk.transfer.title')}
      submit={t(`desk.transfer.${form.watch('how')}`)}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('desk.transfer.to')}
        hint={t('desk.transfer.hint')}
        dir="ltr"
        inputMode="tel"
        autoComplete="off"
        {...field('to')}
      />
      <ChoiceCards
        label={t('desk.transfer.how')}
        value={form.watch('how')}
        options={options}
        onChoose={(how) => form.setValue('how', how)}
      />
    </FormDialog>
  )
}

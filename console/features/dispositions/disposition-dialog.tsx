import { useTranslation } from 'react-i18next'
import { addDisposition, changeDisposition, type Disposition } from '../../api/dispositions.ts'
import { CheckField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'
import { meanings } from './meanings.ts'

interface DispositionDialogProps {
  /** The one that is changed; null: a new one. */
  disposition: Disposition | null
  onClose: () => void
}

/** What a built-in one means stays; its name and place may change. */
export function DispositionDialog({ disposition, onClose }: DispositionDialogProps) {
  const { t } = useTranslation()
  const ownMeaning = disposition === null || !disposition.built_in
  const values = {
    name: disposition?.name ?? '',
    position: String(disposition?.position ?? 50),
    needs_note: disposition?.required_fields.includes('note') ?? false,
    counts_as_contact: disposition?.counts_as_contact ?? true,
    success: disposition?.success ?? false,
    final: disposition?.final ?? true,
    retries: disposition?.retries ?? false,
    blocks_number: disposition?.blocks_number ?? false,
  }
  const { form, field, submit, submitting, fault } = useServerForm(values, async (typed) => {
    const { name, position, needs_note, ...meaning } = typed
    const others = disposition?.required_fields.filter((each) => each !== 'note') ?? []
    const body = {
      name,
      position: Number(position),
      required_fields: needs_note ? ['note', ...others] : others,
      ...(ownMeaning && meaning),
    }
    await (disposition ? changeDisposition(disposition.id, body) : addDisposition(body))
    onClose()
  })
  return (
    <FormDialog
      title={disposition ? t('dispositions.changeOne', { name: disposition.name }) : t('dispositions.add')}
      text={t(ownMeaning ? 'dispositions.addText' : 'dispositions.builtInText')}
      submit={t(disposition ? 'dispositions.save' : 'dispositions.add')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('dispositions.name')} required {...field('name')} />
      <TextField
        label={t('dispositions.position')}
        hint={t('dispositions.positionHint')}
        inputMode="numeric"
        {...field('position')}
      />
      {ownMeaning &&
        meanings.map((meaning) => (
          <CheckField
            key={meaning}
            label={t(`dispositions.meaning.${meaning}`)}
            hint={t(`dispositions.follows.${meaning}`)}
            {...form.register(meaning)}
          />
        ))}
      <CheckField label={t('dispositions.needsNote')} {...form.register('needs_note')} />
    </FormDialog>
  )
}

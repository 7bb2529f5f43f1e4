import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addList, type SuppressionList, uploadInto } from '../../api/suppressions.ts'
import { DropZone } from '../../ui/drop-zone.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

/** Those whose scope needs no more than a field; a campaign's own list is made by the API. */
const scopes = ['workspace', 'national', 'state', 'brand'] as const satisfies readonly SuppressionList['scope'][]

/** A new list and its file. */
export function NewListDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState(false)
  // A list whose file was not taken gets the next one, instead of a second list.
  const made = useRef<string | null>(null)
  const values = {
    name: '',
    source: '',
    scope: 'workspace' as (typeof scopes)[number],
    country: '',
    region: '',
    brand: '',
  }
  const { form, field, submit, submitting, fault } = useServerForm(values, async ({ scope, ...typed }) => {
    setMissing(file === null)
    if (file === null) return
    const { name, source, country, region, brand } = typed
    const where = {
      ...(scope === 'national' && { country }),
      ...(scope === 'state' && { region }),
      ...(scope === 'brand' && { brand }),
    }
    made.current ??= await addList({ name, source, scope, ...where })
    await uploadInto(made.current, file)
    onClose()
  })
  const scope = form.watch('scope')
  return (
    <FormDialog
      title={t('doNotCall.list.add')}
      text={t('doNotCall.list.addText')}
      submit={t('doNotCall.list.upload')}
      submitting={submitting}
      fault={fault ?? (missing && file === null ? t('doNotCall.list.fileFirst') : undefined)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('doNotCall.list.name')} required {...field('name')} />
      <TextField
        label={t('doNotCall.list.source')}
        hint={t('doNotCall.list.sourceHint')}
        required
        {...field('source')}
      />
      <SelectField
        label={t('doNotCall.where')}
        options={scopes.map((value) => ({ value, label: t(`doNotCall.scope.${value}`) }))}
        {...field('scope')}
      />
      {scope === 'national' && (
        <TextField label={t('doNotCall.list.country')} placeholder="US" maxLength={2} {...field('country')} />
      )}
      {scope === 'state' && (
        <TextField label={t('doNotCall.list.region')} placeholder="FL" maxLength={10} {...field('region')} />
      )}
      {scope === 'brand' && <TextField label={t('doNotCall.list.brand')} {...field('brand')} />}
      <DropZone title={file?.name ?? t('doNotCall.list.file')} accept=".csv,.txt,text/csv,text/plain" onFile={setFile}>
        {t('doNotCall.list.fileHint')}
      </DropZone>
    </FormDialog>
  )
}

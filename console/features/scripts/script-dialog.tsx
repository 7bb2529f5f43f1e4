import { Plus, Trash2 } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { addScript, changeScript, type Script } from '../../api/scripts.ts'
import { Button } from '../../ui/button.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'
import { readBranches, sayBranches } from './branches.ts'

/** What stands around a name that is filled in; written so, because the words fill in names between braces themselves. */
const braces = { open: '{{ ', close: ' }}' }

interface ScriptDialogProps {
  /** The one that is changed; null: a new one. */
  script: Script | null
  onClose: () => void
}

export function ScriptDialog({ script, onClose }: ScriptDialogProps) {
  const { t } = useTranslation()
  const first = { name: '', steps: [{ key: 'opening', text: t('scripts.example', braces), branches: [] }] }
  const { name, steps } = script ?? first
  const values = { name, steps: steps.map(({ branches, ...step }) => ({ ...step, branches: sayBranches(branches) })) }
  const { form, field, submit, submitting, fault } = useServerForm(values, async (typed) => {
    const body = {
      name: typed.name,
      steps: typed.steps.map(({ key, text, branches }) => ({ key, text, branches: readBranches(branches) })),
    }
    await (script ? changeScript(script.id, body) : addScript(body))
    onClose()
  })
  const rows = useFieldArray({ control: form.control, name: 'steps' })
  return (
    <FormDialog
      title={script ? t('scripts.changeOne', { name: script.name }) : t('scripts.add')}
      text={t('scripts.addText', braces)}
      submit={t(script ? 'scripts.save' : 'scripts.add')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('scripts.name')} required {...field('name')} />
      {rows.fields.map((row, at) => (
        <fieldset key={row.id} className="flex flex-col gap-3 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-medium">{t('scripts.step', { at: at + 1 })}</legend>
          <TextField label={t('scripts.key')} hint={t('scripts.keyHint')} dir="ltr" {...field(`steps.${at}.key`)} />
          <TextAreaField label={t('scripts.text')} rows={4} {...field(`steps.${at}.text`)} />
          <TextAreaField
            label={t('scripts.branches')}
            hint={t('scripts.branchesHint')}
            rows={2}
            {...field(`steps.${at}.branches`)}
          />
          {rows.fields.length > 1 && (
            <Button size="small" className="self-start" onClick={() => rows.remove(at)}>
              <Trash2 aria-hidden className="size-4" />
              {t('scripts.removeStep')}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        size="small"
        className="self-start"
        onClick={() => rows.append({ key: `step_${rows.fields.length + 1}`, text: '', branches: '' })}
      >
        <Plus aria-hidden className="size-4" />
        {t('scripts.addStep')}
      </Button>
    </FormDialog>
  )
}

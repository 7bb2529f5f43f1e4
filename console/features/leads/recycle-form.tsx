import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../api/campaigns.ts'
import { type Recycling, recycleLeads } from '../../api/leads.ts'
import { showCount } from '../../lib/format.ts'
import { CheckField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { useServerForm } from '../../ui/use-form.ts'

type Outcome = NonNullable<Recycling['outcomes']>[number]
/** What a call can come to that is worth another one. */
const offered: readonly Outcome[] = [
  'no_answer',
  'busy',
  'machine',
  'failed',
  'congestion',
  'rejected',
  'abandoned',
  'human',
]
const likely: readonly Outcome[] = ['no_answer', 'busy']

/** Puts people who are done back into the list, by what their last call came to. */
export function RecycleForm({ campaign: { id, name }, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation()
  const defaults = { outcomes: [...likely] as Outcome[], reset_attempts: true }
  const { form, submit, submitting, fault } = useServerForm(defaults, async (wanted) => {
    const { recycled, kept } = await recycleLeads(id, wanted)
    const stay = Object.values(kept).reduce((sum, count) => sum + count, 0)
    tell('success', t('leads.recycled', { count: recycled, shown: showCount(recycled) }), {
      description: stay > 0 ? t('leads.keptBack', { count: stay, shown: showCount(stay) }) : undefined,
    })
    onClose()
  })
  const outcomes = form.watch('outcomes')
  return (
    <FormDialog
      title={t('leads.recycleOf', { name })}
      text={t('leads.recycleText')}
      submit={t('leads.recycle')}
      {...{ submitting, onClose }}
      fault={fault ?? form.formState.errors.outcomes?.message}
      onSubmit={submit}
    >
      <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        <legend className="mb-2 text-sm font-medium">{t('leads.column.outcome')}</legend>
        {offered.map((outcome) => (
          <CheckField
            key={outcome}
            label={t(`outcome.${outcome}`)}
            checked={outcomes.includes(outcome)}
            onChange={({ target }) =>
              form.setValue(
                'outcomes',
                target.checked ? [...outcomes, outcome] : outcomes.filter((each) => each !== outcome),
              )
            }
          />
        ))}
      </fieldset>
      <CheckField
        label={t('leads.resetAttempts')}
        hint={t('leads.resetAttemptsHint')}
        checked={form.watch('reset_attempts')}
        onChange={({ target }) => form.setValue('reset_attempts', target.checked)}
      />
    </FormDialog>
  )
}

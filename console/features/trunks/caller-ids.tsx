import { useMutation } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { addCallerId, removeCallerId, type Trunk } from '../../api/trunks.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { useServerForm } from '../../ui/use-form.ts'

/** The numbers that a trunk's calls may show. */
export function CallerIds({ trunk }: { trunk: Trunk }) {
  const { t } = useTranslation()
  const barred = useBarred()
  const [adding, setAdding] = useState(false)
  const remove = useMutation({ mutationFn: (number: string) => removeCallerId(trunk.id, number), onError: tellRefusal })
  return (
    <section aria-label={t('trunks.callerIds')} className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{t('trunks.callerIds')}</h3>
        <Button look="quiet" size="small" barred={barred('trunks.write')} onClick={() => setAdding(true)}>
          <Plus aria-hidden className="size-4" />
          {t('trunks.addCallerId')}
        </Button>
      </div>
      {trunk.caller_ids.length === 0 && <p className="text-sm text-ink-soft">{t('trunks.noCallerIds')}</p>}
      <ul className="divide-y divide-line">
        {trunk.caller_ids.map(({ number, name, calls_per_hour, calls_last_hour }) => (
          <li key={number} className="flex items-center gap-3 py-1 text-sm">
            <PhoneNumber e164={number} />
            <span className="truncate text-ink-soft" dir="auto">
              {name}
            </span>
            <span className="ms-auto whitespace-nowrap text-ink-soft">
              {calls_per_hour === null
                ? t('trunks.callsInHour', { count: calls_last_hour })
                : t('trunks.callsOfHour', { count: calls_last_hour, most: calls_per_hour })}
            </span>
            <Button
              look="quiet"
              size="icon"
              aria-label={t('trunks.removeCallerId', { number })}
              barred={barred('trunks.write')}
              onClick={() => remove.mutate(number)}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      {adding && <NewCallerId trunk={trunk} onClose={() => setAdding(false)} />}
    </section>
  )
}

function NewCallerId({ trunk, onClose }: { trunk: Trunk; onClose: () => void }) {
  const { t } = useTranslation()
  const values = { number: '', name: '', calls_per_hour: '' }
  const { field, submit, submitting, fault } = useServerForm(values, async ({ number, name, calls_per_hour }) => {
    await addCallerId(trunk.id, {
      number,
      name: name.trim() || null,
      calls_per_hour: calls_per_hour.trim() === '' ? null : Number(calls_per_hour),
    })
    onClose()
  })
  return (
    <FormDialog
      title={t('trunks.addCallerId')}
      text={t('trunks.addCallerIdText')}
      submit={t('trunks.addCallerId')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('trunks.number')} type="tel" dir="ltr" required {...field('number')} />
      <TextField label={t('trunks.shownName')} {...field('name')} />
      <TextField
        label={t('trunks.perHour')}
        hint={t('trunks.perHourHint')}
        inputMode="numeric"
        {...field('calls_per_hour')}
      />
    </FormDialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { meQuery, useBarred } from '../../api/me.ts'
import { changeWorkspace, type Workspace } from '../../api/workspaces.ts'
import { nameOfDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { useServerForm } from '../../ui/use-form.ts'
import { readHours, sayHours } from './week-hours.ts'

/** What holds for every campaign here. */
export function WorkspacePage() {
  const { t } = useTranslation()
  const me = useQuery(meQuery)
  return (
    <Page title={t('places.workspace')}>
      <Loaded of={me}>{({ workspace }) => <Settings workspace={workspace} />}</Loaded>
    </Page>
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : Number(text))

function Settings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation()
  const barred = useBarred()
  const values = {
    name: workspace.name,
    time_zone: workspace.time_zone,
    visibility: workspace.visibility,
    concurrent_calls: String(workspace.concurrent_calls),
    calls_per_second: String(workspace.calls_per_second ?? ''),
    daily_spend_limit: String(workspace.daily_spend_limit ?? ''),
    closed_dates: workspace.closed_dates.join('\n'),
    own_hours: workspace.hours !== null,
    hours: (workspace.hours ?? Array(7).fill([[540, 1200]])).map(sayHours),
  }
  const { form, field, submit, submitting, fault } = useServerForm(values, async (typed) => {
    const hours = typed.hours.map(readHours)
    const wrong = hours.indexOf(null)
    if (typed.own_hours && wrong >= 0) {
      form.setError(`hours.${wrong}`, { message: t('workspace.hoursWrong') }, { shouldFocus: true })
      return
    }
    await changeWorkspace(workspace.id, {
      name: typed.name,
      time_zone: typed.time_zone,
      visibility: typed.visibility,
      concurrent_calls: Number(typed.concurrent_calls),
      calls_per_second: orNull(typed.calls_per_second),
      daily_spend_limit: orNull(typed.daily_spend_limit),
      closed_dates: typed.closed_dates.split(/[\s,]+/).filter((day) => day !== ''),
      hours: typed.own_hours ? (hours as number[][][]) : null,
    })
    tell('success', t('workspace.saved'))
  })
  const ownHours = form.watch('own_hours')
  return (
    <form noValidate onSubmit={submit} className="flex max-w-3xl flex-col gap-6">
      <section className="grid grid-cols-1 gap-4 rounded-xl border border-line bg-surface p-5 sm:grid-cols-2">
        <TextField label={t('workspace.name')} {...field('name')} />
        <TextField label={t('workspace.zone')} hint={t('workspace.zoneHint')} dir="ltr" {...field('time_zone')} />
        <SelectField
          label={t('workspace.visibility')}
          hint={t('workspace.visibilityHint')}
          options={(['all', 'own'] as const).map((value) => ({ value, label: t(`workspace.sees.${value}`) }))}
          {...field('visibility')}
        />
      </section>
      <section className="grid grid-cols-1 gap-4 rounded-xl border border-line bg-surface p-5 sm:grid-cols-3">
        <TextField
          label={t('workspace.calls')}
          hint={t('workspace.callsHint')}
          inputMode="numeric"
          {...field('concurrent_calls')}
        />
        <TextField
          label={t('workspace.rate')}
          hint={t('workspace.noBound')}
          inputMode="decimal"
          {...field('calls_per_second')}
        />
        <TextField
          label={t('workspace.spend')}
          hint={t('workspace.spendHint')}
          inputMode="decimal"
          {...field('daily_spend_limit')}
        />
      </section>
      <section className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
        <CheckField
          label={t('workspace.ownHours')}
          hint={t('workspace.ownHoursHint')}
          {...form.register('own_hours')}
        />
        {ownHours && (
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            {values.hours.map((_, day) => {
              const { error, ...input } = field(`hours.${day}`)
              // biome-ignore lint/suspicious/noArrayIndexKey: days stand in their order.
              return <TextField key={day} label={nameOfDay(day + 1, 'long')} dir="ltr" {...input} error={error} />
            })}
          </div>
        )}
        <TextAreaField
          label={t('workspace.closed')}
          hint={t('workspace.closedHint')}
          rows={4}
          dir="ltr"
          {...field('closed_dates')}
        />
      </section>
      {fault && (
        <p role="alert" className="text-sm font-medium text-bad">
          {fault}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="self-start"
        barred={barred('workspaces.write') ?? (submitting ? t('loading') : null)}
      >
        {t('workspace.save')}
      </Button>
    </form>
  )
}

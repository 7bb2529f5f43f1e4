import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Loader } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callQuery } from '../../api/calls.ts'
import { placeTestCall, type Trunk, testCallEventsQuery } from '../../api/trunks.ts'
import { showTime } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

/** Rings a number of one's own over the trunk, under every rule that holds for others, and shows what the carrier says. */
export function TestCall({ trunk, onClose }: { trunk: Trunk; onClose: () => void }) {
  const { t } = useTranslation()
  const [call, setCall] = useState<string | null>(null)
  const { field, submit, submitting, fault } = useServerForm({ number: '' }, async ({ number }) => {
    setCall(await placeTestCall(trunk.id, number))
  })
  return (
    <FormDialog
      title={t('trunks.test.title', { name: trunk.name })}
      text={t(trunk.provider === 'simulated' ? 'trunks.test.simulated' : 'trunks.test.text')}
      submit={t('trunks.test.ring')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('trunks.test.number')} type="tel" dir="ltr" required {...field('number')} />
      {call !== null && <Progress call={call} />}
    </FormDialog>
  )
}

function Progress({ call }: { call: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(callQuery(call))
  const { data: events } = useQuery(testCallEventsQuery(call))
  if (!data) return null
  const reached = data.ringing_at !== null || data.answered_at !== null
  const ended = data.state === 'ended'
  const look = !ended
    ? ({ tone: 'info', icon: Loader } as const)
    : reached
      ? ({ tone: 'good', icon: CircleCheck } as const)
      : ({ tone: 'bad', icon: CircleX } as const)
  return (
    <section aria-live="polite" className="flex flex-col gap-2 rounded-lg bg-raised p-4 text-sm">
      <Badge {...look}>
        {t(ended ? (reached ? 'trunks.test.reached' : 'trunks.test.failed') : 'trunks.test.underWay')}
      </Badge>
      {ended && (
        <p dir="auto">{t('trunks.test.outcome', { outcome: data.outcome ?? '–', cause: data.hangup_cause ?? '–' })}</p>
      )}
      <ol className="flex flex-col gap-1">
        {events?.data.map(({ event_key, kind, at }) => (
          <li key={event_key} className="flex gap-3">
            <time dateTime={at} className="text-ink-soft">
              {showTime(at)}
            </time>
            <code>{kind}</code>
          </li>
        ))}
      </ol>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { callbacksQuery } from '../../api/callbacks.ts'
import { dispose } from '../../api/calls-in-hand.ts'
import { Refused } from '../../api/client.ts'
import type { Disposition } from '../../api/dispositions.ts'
import { showMoment } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import type { Desk } from './use-desk.ts'
import { WhenField } from './when-field.tsx'

interface OutcomeFormProps {
  desk: Desk
  pop: ScreenPop
  note: string
  choice: Disposition
  onDone: () => void
}

/** What an outcome needs to know besides, and what it brings about where that can not be taken back. */
export function OutcomeForm({ desk, pop, note, choice, onDone }: OutcomeFormProps) {
  const { t } = useTranslation()
  const [at, setAt] = useState<number | null>(null)
  const [whose, setWhose] = useState<'me' | 'team'>('me')
  const [fields, setFields] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const own = useQuery(callbacksQuery(desk.session.agent_id, 'mine'))
  const timed = choice.required_fields.includes('callback_at')
  const asked = choice.required_fields.filter((field) => field !== 'callback_at' && field !== 'note')
  const near = own.data?.find(({ promised_at }) => at !== null && Math.abs(Date.parse(promised_at) - at) < conflictMs)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setRefused(null)
    const promised = at === null ? {} : { callback_at: new Date(at).toISOString(), callback_agent: whose }
    const said = { disposition: choice.key, ...(note.trim() !== '' && { note }), ...(timed && promised), fields }
    try {
      await dispose(pop.call_id, said)
      onDone()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  const next = refused?.problem?.next_lawful_at
  return (
    <form
      className="flex flex-col gap-3 rounded-lg bg-raised p-3"
      onSubmit={submit}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
    >
      <h3 className="font-semibold">{choice.name}</h3>
      {choice.blocks_number && <p className="text-sm">{t('desk.outcome.blocks', { number: pop.number })}</p>}
      {timed && (
        <>
          <WhenField zone={pop.time_zone} at={at} onChoose={setAt} />
          <Tabs
            label={t('desk.callbacks.whose')}
            value={whose}
            options={[
              { value: 'me', label: t('desk.callbacks.mine') },
              { value: 'team', label: t('desk.callbacks.team') },
            ]}
            onChoose={setWhose}
          />
          {near && (
            <p className="text-sm font-medium text-warn">
              {t('desk.callbacks.conflict', { name: near.full_name, when: showMoment(near.promised_at) })}
            </p>
          )}
        </>
      )}
      {choice.required_fields.includes('note') && note.trim() === '' && (
        <p className="text-sm">{t('desk.outcome.needsNote')}</p>
      )}
      {asked.map((field) => (
        <TextField
          key={field}
          label={field.replaceAll('_', ' ')}
          required
          value={fields[field] ?? ''}
          onChange={({ target }) => setFields({ ...fields, [field]: target.value })}
        />
      ))}
      {refused && (
        <div role="alert" className="text-sm font-medium text-bad">
          <p>{reasonOf(refused) ?? t('failed.unreachable')}</p>
          {typeof next === 'string' && (
            <Button size="small" className="mt-2" onClick={() => setAt(Date.parse(next))}>
              {t('desk.callbacks.next', { when: showMoment(next) })}
            </Button>
          )}
        </div>
      )}
      <div className="flex gap-2">
        <Button
          type="submit"
          look="primary"
          size="small"
          barred={timed && at === null ? t('desk.callbacks.choose') : null}
        >
          {t(choice.blocks_number ? 'desk.outcome.block' : 'desk.outcome.keep')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('confirm.keep')}
        </Button>
      </div>
    </form>
  )
}

/** Two promises so near to each other can not both be kept. */
const conflictMs = 15 * 60_000

function reasonOf({ problem }: Refused): string | undefined {
  return problem?.errors?.map(({ message }) => message).join(' ') ?? problem?.detail ?? problem?.title
}

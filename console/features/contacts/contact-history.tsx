import { useQuery } from '@tanstack/react-query'
import { NotebookPen, Phone, Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../api/calls.ts'
import type { Schemas } from '../../api/client.ts'
import { callsOfContactQuery, notesOfContactQuery } from '../../api/contacts.ts'
import { dispositionsQuery } from '../../api/dispositions.ts'
import { showAge, showMoment } from '../../lib/format.ts'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'

interface Entry {
  id: string
  at: string
  icon: typeof Phone
  text: ReactNode
  more: ReactNode
}

/** Every call and note about somebody, over all campaigns, newest first. */
export function ContactHistory({ id }: { id: string }) {
  const { t } = useTranslation()
  const calls = useQuery(callsOfContactQuery(id))
  const notes = useQuery(notesOfContactQuery(id))
  return (
    <Card title={t('contacts.history')}>
      <Loaded of={calls}>
        {(called) => <Loaded of={notes}>{(noted) => <Entries calls={called.data} notes={noted.data} />}</Loaded>}
      </Loaded>
    </Card>
  )
}

function Entries({ calls, notes }: { calls: Call[]; notes: Schemas['Note'][] }) {
  const { t } = useTranslation()
  const { data: dispositions } = useQuery(dispositionsQuery(true))
  const nameOf = (key: string) => dispositions?.data.find((each) => each.key === key)?.name ?? key
  const written = notes.map(
    ({ id, created_at, content, type, important }): Entry => ({
      ...{ id, at: created_at, icon: important ? Star : NotebookPen },
      text: <span className="whitespace-pre-wrap">{content}</span>,
      more: t(`contacts.noteType.${type}`),
    }),
  )
  const called = calls.map(
    ({ id, initiated_at, to_number, outcome, disposition, duration_seconds, state }): Entry => ({
      ...{ id, at: initiated_at, icon: Phone },
      text: outcome ? t(`outcome.${outcome}` as 'outcome.human', outcome) : t(`contacts.callState.${state}`),
      more: (
        <>
          {to_number && <PhoneNumber e164={to_number} />}
          {duration_seconds !== null && ` · ${showAge(duration_seconds * 1000)}`}
          {disposition && ` · ${nameOf(disposition)}`}
        </>
      ),
    }),
  )
  const all = [...called, ...written].sort((one, other) => other.at.localeCompare(one.at))
  if (all.length === 0) return <p className="text-sm text-ink-soft">{t('contacts.noHistory')}</p>
  return (
    <ol className="flex flex-col gap-3">
      {all.map((entry) => (
        <HistoryEntry key={entry.id} entry={entry} />
      ))}
    </ol>
  )
}

function HistoryEntry({ entry: { at, icon: Icon, text, more } }: { entry: Entry }) {
  return (
    <li className="flex items-start gap-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="font-medium wrap-anywhere">
          {text}
        </p>
        <p className="text-sm text-ink-soft">{more}</p>
      </div>
      <time dateTime={at} className="text-sm whitespace-nowrap text-ink-soft">
        {showMoment(at)}
      </time>
    </li>
  )
}

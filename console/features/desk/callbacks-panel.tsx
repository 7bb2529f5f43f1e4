import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CalendarClock, Phone, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Callback, callbacksQuery, cancelCallback, dialByHand } from '../../api/callbacks.ts'
import { showMoment } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { readWhose } from './search.ts'
import type { Desk } from './use-desk.ts'

/** The calls that were promised, by oneself or by the team, between two calls. */
export function CallbacksPanel({ desk, agentId }: { desk: Desk; agentId: string }) {
  const { t } = useTranslation()
  const { whose = 'mine' } = readWhose(useSearch({ strict: false }))
  const navigate = useNavigate()
  const list = useQuery(callbacksQuery(agentId, whose))
  const tabs = (['mine', 'team'] as const).map((value) => ({ value, label: t(`desk.callbacks.${value}`) }))
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{t('desk.callbacks.title')}</h2>
        <Tabs
          label={t('desk.callbacks.whose')}
          value={whose}
          options={tabs}
          onChoose={(chosen) =>
            navigate({ to: '.', search: chosen === 'mine' ? {} : { whose: chosen }, replace: true })
          }
        />
      </header>
      <Loaded of={list}>
        {(callbacks) =>
          callbacks.length === 0 ? (
            <Empty icon={CalendarClock} title={t('desk.callbacks.none')}>
              {t('desk.callbacks.noneMore')}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {callbacks.map((callback) => (
                <CallbackRow key={callback.id} callback={callback} ready={desk.session.state === 'available'} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

function CallbackRow({ callback, ready }: { callback: Callback; ready: boolean }) {
  const { t } = useTranslation()
  const { id, full_name, promised_at, local_time, time_zone, note, lead_id } = callback
  const dial = useMutation({ mutationFn: () => dialByHand({ lead_id }), onError: tellRefusal })
  const cancel = useMutation({ mutationFn: () => cancelCallback(id), onError: tellRefusal })
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate font-medium">
          {full_name}
        </p>
        <p className="text-sm text-ink-soft" title={time_zone}>
          {t('desk.callbacks.when', { ours: showMoment(promised_at), theirs: local_time.slice(11, 16) })}
        </p>
        {note && (
          <p dir="auto" className="truncate text-sm">
            {note}
          </p>
        )}
      </div>
      <Button size="small" barred={ready ? null : t('desk.dial.notReady')} onClick={() => dial.mutate()}>
        <Phone aria-hidden className="size-4" />
        {t('desk.dial.call')}
      </Button>
      <Button
        look="quiet"
        size="icon"
        aria-label={t('desk.callbacks.cancel', { name: full_name })}
        onClick={() => cancel.mutate()}
      >
        <X aria-hidden className="size-4" />
      </Button>
    </li>
  )
}

import { Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { showAge, showAgo, showTimeIn } from '../../lib/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { ScriptView } from './script-view.tsx'

/** Whom the call is with, what was before, and what to say. */
export function PersonZone({ pop }: { pop: ScreenPop }) {
  const { t } = useTranslation()
  const { contact, lead, notes, history } = pop
  const known = { ...contact?.custom, ...lead?.metadata }
  const facts: [string, string][] = [
    [t('desk.person.company'), contact?.company ?? ''],
    [t('desk.person.city'), contact?.city ?? ''],
    [t('desk.person.email'), contact?.email ?? ''],
    [t('desk.person.segment'), lead?.customer_segment ?? ''],
    ...Object.entries(known).map(([name, value]): [string, string] => [name, value === null ? '' : String(value)]),
  ]
  return (
    <>
      <header className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 dir="auto" className="text-lg font-semibold wrap-anywhere">
          {contact?.full_name || t('desk.person.nobody')}
        </h2>
        {pop.time_zone && <TheirClock zone={pop.time_zone} />}
        {lead && (
          <span className="text-sm text-ink-soft">
            {/* This one counts only once it is over. */}
            {t('desk.person.tries', { nth: lead.attempts + 1, most: lead.max_attempts })}
          </span>
        )}
      </header>
      <dl className="flex flex-wrap gap-x-6 gap-y-2 text-sm empty:hidden">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-ink-soft">{name}</dt>
              <dd dir="auto" className="font-medium wrap-anywhere">
                {value}
              </dd>
            </div>
          ))}
      </dl>
      <ScriptView script={pop.script} />
      {notes.length > 0 && (
        <div>
          <h3 className="mb-1.5 text-sm font-semibold">{t('desk.person.notes')}</h3>
          <ul className="flex flex-col gap-1.5 text-sm">
            {notes.map(({ content, created_at, important }) => (
              <li key={created_at} className={important ? 'rounded-md bg-warn-soft px-2 py-1' : ''}>
                <span dir="auto" className="whitespace-pre-wrap wrap-anywhere">
                  {content}
                </span>{' '}
                <span className="text-ink-soft">{showAgo(created_at)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <History history={history} />
    </>
  )
}

function TheirClock({ zone }: { zone: string }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <span className="flex items-center gap-1.5 text-sm text-ink-soft" title={zone}>
      <Clock aria-hidden className="size-3.5" />
      {t('desk.person.clock', { time: showTimeIn(now, zone) })}
    </span>
  )
}

function History({ history }: Pick<ScreenPop, 'history'>) {
  const { t } = useTranslation()
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-semibold">{t('desk.person.history')}</h3>
      {history.length === 0 && <p className="text-sm text-ink-soft">{t('desk.person.firstCall')}</p>}
      <ul className="flex flex-col gap-1 text-sm">
        {history.map(({ call_id, at, outcome, disposition, agent_name, talk_seconds }) => (
          <li key={call_id} className="flex flex-wrap gap-x-2">
            <span className="text-ink-soft">{showAgo(at)}</span>
            <span className="font-medium">{disposition ?? (outcome ? t(`outcome.${outcome as 'human'}`) : '')}</span>
            {talk_seconds !== null && <span className="text-ink-soft">{showAge(talk_seconds * 1000)}</span>}
            {agent_name && <span className="text-ink-soft">{agent_name}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

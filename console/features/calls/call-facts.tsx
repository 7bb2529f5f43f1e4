import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallStory } from '../../api/calls.ts'
import { showMomentIn } from '../../lib/days.ts'
import { showAge, showMoment, showMoney } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { Disposition, phoneOf } from './call-columns.tsx'
import { verdictOf } from './story.ts'

type Fact = readonly [word: string, value: ReactNode]

/** Who was called, over what, and what it came to. */
export function CallFacts({ call, className }: { call: Call; className: string }) {
  const { t } = useTranslation()
  const phone = phoneOf(call)
  const { campaign_id, zone, initiated_at, cost, cost_currency } = call
  const shownAs = call.direction === 'inbound' ? call.to_number : call.from_number
  const facts: Fact[] = [
    [t('calls.column.phone'), phone && <PhoneNumber e164={phone} />],
    [t('calls.column.created_at'), showMoment(initiated_at)],
    [t('calls.fact.there'), zone && showMomentIn(initiated_at, zone)],
    [t('calls.column.disposition'), call.disposition && <Disposition of={call.disposition} />],
    [t('calls.column.agent'), call.agent_name],
    [
      t('calls.column.campaign'),
      campaign_id && (
        <Link to={urls.campaign} params={{ id: campaign_id }} className="text-accent hover:underline">
          {call.campaign_name}
        </Link>
      ),
    ],
    [t('calls.fact.trunk'), call.trunk_name],
    [t('calls.fact.callerId'), shownAs && <PhoneNumber e164={shownAs} />],
    ...(['ring_ms', 'wait_ms', 'talk_ms'] as const).map(
      (name): Fact => [t(`calls.fact.${name}`), call[name] !== null && showAge(call[name])],
    ),
    [t('calls.column.duration'), call.duration_seconds !== null && showAge(call.duration_seconds * 1000)],
    [t('calls.column.cost'), cost !== null && cost_currency !== null && showMoney(cost, cost_currency)],
    [t('calls.fact.cause'), call.hangup_cause],
  ]
  return (
    <section aria-label={t('calls.facts')} className={className}>
      <Facts facts={facts} />
      <div className="mt-3 border-t border-line pt-3 print:hidden">
        <CopyButton text={call.id} label={t('calls.copyId', { id: call.id })} />
      </div>
      <p className="hidden pt-3 text-xs print:block">{call.id}</p>
    </section>
  )
}

/** The rule that let the call out, its version, and what it had seen. */
export function VerdictFacts({ story, className }: { story: CallStory; className: string }) {
  const { t } = useTranslation()
  const verdict = verdictOf(story)
  if (verdict === null) return null
  const { rule, evidence } = verdict
  const facts: Fact[] = [
    [t('calls.verdict.rule'), <bdi key="rule">{`${rule.id} ${rule.version}`}</bdi>],
    [t('calls.verdict.source'), <bdi key="source">{rule.source}</bdi>],
    [
      t('calls.verdict.packs'),
      <bdi key="packs">
        {Object.entries(evidence.packs)
          .map((pack) => pack.join(' '))
          .join(', ')}
      </bdi>,
    ],
    ...Object.entries(evidence.local_times).map(([zone, time]): Fact => [zone, <bdi key={zone}>{time}</bdi>]),
    [t('calls.verdict.detail'), evidence.detail],
  ]
  return (
    <section aria-labelledby="verdict" className={className}>
      <h2 id="verdict" className="mb-3 font-semibold">
        {t('calls.verdict.title')}
      </h2>
      <Facts facts={facts} />
    </section>
  )
}

/** What is not known is left out. */
function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
      {facts.map(([word, value]) =>
        value ? (
          <div key={word} className="contents">
            <dt className="text-ink-soft">{word}</dt>
            <dd className="min-w-0 text-end font-medium wrap-anywhere">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

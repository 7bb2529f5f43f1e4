import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallStory } from '../../api/calls.ts'
import { showShortMoment } from '../../lib/days.ts'
import { urls } from '../../lib/urls.ts'
import { OutcomeBadge } from './outcome-badge.tsx'

interface TriesProps {
  story: CallStory
  /** Which of them is looked at. */
  callId: string
  className: string
}

/** Every try of the same lead, the first one first; those that rang nobody have no call. */
export function Tries({ story, callId, className }: TriesProps) {
  const { t } = useTranslation()
  if (story.tries.length < 2) return null
  return (
    <section aria-labelledby="tries" className={className}>
      <h2 id="tries" className="mb-3 font-semibold">
        {t('calls.tries')}
      </h2>
      <ol className="flex max-h-72 flex-col gap-2 overflow-y-auto text-sm print:max-h-none">
        {story.tries.toReversed().map(({ id, claimed_at, state, outcome, intent_at }) => (
          <li key={id} className="flex items-center justify-between gap-2">
            {id === callId || intent_at === null ? (
              <span aria-current={id === callId || undefined} className={id === callId ? 'font-semibold' : ''}>
                {showShortMoment(claimed_at)}
              </span>
            ) : (
              <Link to={urls.call} params={{ id }} className="text-accent hover:underline">
                {showShortMoment(claimed_at)}
              </Link>
            )}
            {outcome === null ? (
              <span className="text-ink-soft">{t(`calls.attempt.${state}`)}</span>
            ) : (
              <OutcomeBadge call={{ outcome, state: 'ended' }} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

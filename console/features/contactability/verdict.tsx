import { clsx } from 'clsx'
import { Ban, CircleCheck, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Verdict as Found } from '../../api/contactability.ts'
import { showMoment, showMomentIn } from '../../lib/format.ts'
import { Facts } from '../../ui/facts.tsx'

const looks = {
  now: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  later: { icon: Clock, look: 'bg-warn-soft text-warn' },
  never: { icon: Ban, look: 'bg-bad-soft text-bad' },
} as const

/** May they be called, when, and by which rule. */
export function Verdict({ verdict: { answer, at, sentence, rule, evidence } }: { verdict: Found }) {
  const { t } = useTranslation()
  const [zone] = evidence.zones as string[]
  const when = at === null ? '' : zone ? showMomentIn(at, zone) : showMoment(at)
  const { icon: Icon, look } = looks[answer]
  return (
    <div className="flex flex-col gap-3">
      <p className={clsx('flex items-start gap-2 rounded-lg px-3 py-2 text-sm font-medium', look)}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t(`verdict.answer.${answer}`, { when })}
      </p>
      {/* When and by which rule stands below, on both clocks. */}
      {answer === 'never' && (
        <p dir="auto" className="text-sm">
          {sentence}
        </p>
      )}
      {answer !== 'now' && (
        <Facts
          facts={[
            [t('verdict.rule'), <code key="rule">{String(rule.id)}</code>],
            [t('verdict.source'), String(rule.source)],
            [t('verdict.nextHere'), at !== null && showMoment(at)],
          ]}
        />
      )}
    </div>
  )
}

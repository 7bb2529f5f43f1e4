import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Circle, CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useBarred } from '../../api/me.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Failed } from '../../ui/states.tsx'
import { type FirstStep, useFirstSteps } from './use-first-steps.ts'

/** What there is to do before people are called; shown to those who may, until all is done or it is put away. */
export function FirstSteps() {
  const { data: me } = useQuery(meQuery)
  const kept = `outdial.first-steps.${me?.workspace.id}`
  const [away, setAway] = useState(() => localStorage.getItem(kept) !== null)
  const barred = useBarred()('campaigns.write') !== null
  if (!me || away || barred || me.workspace.is_demo) return null
  const putAway = () => {
    localStorage.setItem(kept, 'away')
    setAway(true)
  }
  return <Steps hours={me.workspace.hours !== null} putAway={putAway} />
}

function Steps({ hours, putAway }: { hours: boolean; putAway: () => void }) {
  const { t } = useTranslation()
  const { steps, error, retry } = useFirstSteps(hours)
  const allDone = steps?.every(({ done }) => done) ?? false
  useEffect(() => {
    if (allDone) putAway()
  }, [allDone, putAway])
  if (error) return <Failed error={error} retry={retry} />
  if (steps === null || allDone) return null
  const done = steps.filter((step) => step.done).length
  return (
    <Card
      title={t('firstSteps.title', { done, total: steps.length })}
      aside={
        <Button size="small" look="quiet" onClick={putAway}>
          {t('firstSteps.putAway')}
        </Button>
      }
    >
      <ol className="grid grid-cols-1 gap-x-6 gap-y-3 md:grid-cols-2">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </Card>
  )
}

function StepLine({ step: { name, to, done, needs } }: { step: FirstStep }) {
  const { t } = useTranslation()
  const notMine = useBarred()(needs)
  const Icon = done ? CircleCheck : Circle
  return (
    <li className="flex items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${done ? 'text-good' : 'text-ink-soft'}`} />
      <div className="min-w-0">
        <p className="font-medium">
          <Link to={to} className="hover:underline">
            {t(`firstSteps.step.${name}`)}
          </Link>
          <span className="sr-only">{` (${t(done ? 'firstSteps.done' : 'firstSteps.open')})`}</span>
        </p>
        <p className="text-sm text-ink-soft">{t(`firstSteps.why.${name}`)}</p>
        {!done && notMine && <p className="text-sm text-warn">{notMine}</p>}
      </div>
    </li>
  )
}

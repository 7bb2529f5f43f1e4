import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { type Campaign, campaignQuery } from '../../../api/campaigns.ts'
import { urls } from '../../../lib/urls.ts'
import { Button } from '../../../ui/button.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Page } from '../../../ui/page.tsx'
import { AudienceStep } from './audience-step.tsx'
import { ModeStep } from './mode-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { RulesStep } from './rules-step.tsx'
import { ScheduleStep } from './schedule-step.tsx'
import { ScriptStep } from './script-step.tsx'
import { type Step, steps } from './steps.ts'
import { type Draft, useDraft } from './use-draft.ts'

const route = getRouteApi(urls.setUp)

const contents: Record<Step, ComponentType<{ draft: Draft }>> = {
  audience: AudienceStep,
  mode: ModeStep,
  script: ScriptStep,
  schedule: ScheduleStep,
  rules: RulesStep,
  review: ReviewStep,
}

/** Sets a campaign up, step by step. Each field is kept when it is left; the steps can be taken in any order. */
export function SetUpPage() {
  const { id } = route.useParams()
  const { t } = useTranslation()
  const campaign = useQuery(campaignQuery(id))
  return (
    <Page title={campaign.data ? t('setUp.of', { name: campaign.data.name }) : t('setUp.title')}>
      <Loaded of={campaign}>{(found) => <SetUp campaign={found} />}</Loaded>
    </Page>
  )
}

function SetUp({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { step = 'audience' } = route.useSearch()
  const navigate = route.useNavigate()
  const draft = useDraft(campaign)
  const Content = contents[step]
  const place = steps.indexOf(step)
  const [before, after] = [steps[place - 1], steps[place + 1]]
  return (
    <>
      <nav aria-label={t('setUp.steps')}>
        <ol className="flex gap-1 overflow-x-auto pb-1">
          {steps.map((each, index) => (
            <li key={each}>
              <Link
                to={urls.setUp}
                params={{ id: campaign.id }}
                search={{ step: each }}
                aria-current={each === step ? 'step' : undefined}
                className={clsx(
                  'flex items-center gap-2 rounded-lg px-2 py-2 text-sm font-medium whitespace-nowrap sm:px-3',
                  each === step ? 'bg-accent-soft text-accent' : 'text-ink-soft hover:bg-raised',
                )}
              >
                <span aria-hidden className="flex size-5 items-center justify-center rounded-full border text-xs">
                  {index + 1}
                </span>
                {/* All six fit a phone by their numbers. */}
                <span className={clsx(each !== step && 'max-sm:sr-only')}>{t(`setUp.step.${each}`)}</span>
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <section aria-labelledby="step" className="flex max-w-4xl flex-col gap-6">
        <header>
          <h2 id="step" className="text-xl font-semibold">
            {t(`setUp.heading.${step}`)}
          </h2>
          <p className="text-ink-soft">{t(`setUp.about.${step}`)}</p>
        </header>
        {draft.fault !== null && (
          <p role="alert" className="font-medium text-bad">
            {draft.fault}
          </p>
        )}
        <Content key={step} draft={draft} />
        <footer className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
          {before ? (
            <Button onClick={() => navigate({ search: { step: before } })}>
              <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
              {t('setUp.back')}
            </Button>
          ) : (
            <span />
          )}
          <p role="status" className="ms-auto text-sm text-ink-soft">
            {t(draft.keeping ? 'setUp.keeping' : draft.refused ? 'setUp.notKept' : 'setUp.kept')}
          </p>
          {after && (
            <Button look="primary" onClick={() => navigate({ search: { step: after } })}>
              {t('setUp.next', { step: t(`setUp.step.${after}`) })}
              <ArrowRight aria-hidden className="size-4 rtl:rotate-180" />
            </Button>
          )}
        </footer>
      </section>
    </>
  )
}

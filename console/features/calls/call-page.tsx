import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { PhoneOff, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Call, callQuery, callStoryQuery, hangUp } from '../../api/calls.ts'
import { useBarred } from '../../api/me.ts'
import { ownZone } from '../../lib/days.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { RecordingsOfCall } from '../recordings/recordings-of-call.tsx'
import { nameOf } from './call-columns.tsx'
import { CallFacts, VerdictFacts } from './call-facts.tsx'
import { HangUpDialog } from './live-calls.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'
import { tellStory } from './story.ts'
import { Timeline } from './timeline.tsx'
import { Tries } from './tries.tsx'

const route = getRouteApi(urls.call)

/** One call: who, what came of it, and all that happened, for eyes and for paper. */
export function CallPage() {
  const { id } = route.useParams()
  const { t } = useTranslation()
  const call = useQuery(callQuery(id))
  return (
    <Page
      title={call.data ? nameOf(call.data, t('calls.nobody')) : t('calls.one')}
      aside={call.data && <CallActs call={call.data} />}
    >
      <Loaded of={call}>{(data) => <OneCall call={data} />}</Loaded>
    </Page>
  )
}

function CallActs({ call }: { call: Call }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const barred = useBarred()('calls.act')
  const { mutate } = useMutation({ mutationFn: () => hangUp(call.id), onError: tellRefusal })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <OutcomeBadge call={call} />
      <span className="flex gap-2 print:hidden">
        {call.state !== 'ended' && (
          <Button look="bad" size="small" barred={barred} onClick={() => setAsking(true)}>
            <PhoneOff aria-hidden className="size-4" />
            {t('calls.hangUp')}
          </Button>
        )}
        <Button size="small" onClick={() => print()}>
          <Printer aria-hidden className="size-4" />
          {t('calls.print')}
        </Button>
      </span>
      {asking && <HangUpDialog call={call} onConfirm={mutate} onClose={() => setAsking(false)} />}
    </div>
  )
}

const panel = 'rounded-xl border border-line bg-surface p-5 break-inside-avoid'

function OneCall({ call }: { call: Call }) {
  const { t } = useTranslation()
  const story = useQuery(callStoryQuery(call))
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <CallFacts call={call} className={panel} />
        {story.data && <VerdictFacts story={story.data} className={panel} />}
        {story.data && <Tries story={story.data} callId={call.id} className={panel} />}
      </div>
      <div className="flex flex-col gap-4">
        <RecordingsOfCall callId={call.id} className={panel} />
        <section aria-labelledby="timeline" className={panel}>
          <h2 id="timeline" className="mb-4 font-semibold">
            {t('calls.timeline')}
          </h2>
          <Loaded of={story} shape={<Skeleton className="h-64" />}>
            {(told) => <Timeline moments={tellStory(told, t)} zone={call.zone ?? ownZone()} />}
          </Loaded>
        </section>
      </div>
    </div>
  )
}

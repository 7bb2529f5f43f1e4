import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type CampaignMinutes, minutesQuery } from '../../api/campaigns.ts'
import { showCount, showMinute } from '../../lib/format.ts'
import { Curve, type Line } from '../../ui/curve.tsx'
import { Legend } from '../../ui/legend.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { AsTable, Panel } from '../analytics/panel.tsx'

/** How a campaign has called in the last hour, by minute. */
export function Minutes({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation()
  const found = useQuery(minutesQuery(campaignId))
  return (
    <Panel title={t('calls.minutes.title')} definition={undefined}>
      <Loaded of={found} shape={<Skeleton className="h-60" />}>
        {({ minutes }) => <MinutesDrawn minutes={minutes} />}
      </Loaded>
    </Panel>
  )
}

const looks = {
  calls: { word: 'campaigns.tile.dialed', colour: 'info', as: 'area' },
  human: { word: 'calls.countedAs.human', colour: 'good', as: 'solid' },
  abandoned: { word: 'calls.countedAs.abandoned', colour: 'bad', as: 'dashed' },
} as const
const figures = ['calls', 'human', 'abandoned'] as const
const showSeconds = (seconds: number) => showMinute(seconds * 1000)

function MinutesDrawn({ minutes }: CampaignMinutes) {
  const { t } = useTranslation()
  const sum = (name: (typeof figures)[number]) => minutes.reduce((total, minute) => total + minute[name], 0)
  const anyAbandoned = sum('abandoned') > 0
  const shown = useMemo(() => figures.filter((name) => name !== 'abandoned' || anyAbandoned), [anyAbandoned])
  const lines = useMemo(
    () => shown.map((key): Line => ({ key, label: t(looks[key].word), colour: looks[key].colour, as: looks[key].as })),
    [shown, t],
  )
  const points = useMemo(
    (): [number[], ...number[][]] => [
      minutes.map(({ at }) => Date.parse(at) / 1000),
      ...shown.map((name) => minutes.map((minute) => minute[name])),
    ],
    [shown, minutes],
  )
  const newest = minutes.at(-1) as CampaignMinutes['minutes'][number]
  const said = t('calls.minutes.said', {
    ...{ time: showMinute(newest.at), calls: showCount(newest.calls), human: showCount(newest.human) },
    ...{ abandoned: showCount(newest.abandoned), allCalls: showCount(sum('calls')) },
    ...{ allHuman: showCount(sum('human')), allAbandoned: showCount(sum('abandoned')) },
  })
  return (
    <>
      <Legend series={lines} />
      <Curve label={said} lines={lines} points={points} showX={showSeconds} showY={showCount} />
      <AsTable
        caption={t('calls.minutes.title')}
        head={[t('calls.minutes.minute'), ...lines.map(({ label }) => label)]}
        rows={minutes.toReversed().map((minute) => ({
          id: minute.at,
          cells: [showMinute(minute.at), ...shown.map((name) => showCount(minute[name]))],
        }))}
      />
    </>
  )
}

import { useQueries, useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Eye, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { activeCampaignsQuery, liveAnswersQuery } from '../../api/campaigns.ts'
import { limitsQuery } from '../../api/trunks.ts'
import { showAge, showCount, showShare } from '../../lib/format.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { Seen } from './attention.ts'
import { judge, type Stands, type Target, targets } from './targets.ts'

const looks: Record<Stands, { tone: Tone; icon: LucideIcon }> = {
  good: { tone: 'good', icon: CircleCheck },
  watch: { tone: 'warn', icon: Eye },
  act: { tone: 'bad', icon: CircleAlert },
}

interface Tile {
  name: keyof typeof targets
  figure: string
  /** What is held against the target; null where there is nothing to say yet. */
  value: number | null
  goal: string
}

/** What matters on the floor, each figure with its target and how it stands to it. */
export function TargetTiles({ rows }: { rows: readonly Seen[] }) {
  const { t } = useTranslation()
  const tiles = [...floorTiles(rows), ...useCampaignTiles()]
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-5">
      {tiles.map(({ name, figure, value, goal }) => {
        const stands = value === null ? null : judge(value, targets[name] as Target)
        return (
          <div key={name} className="flex flex-col gap-1 rounded-xl border border-line bg-surface p-4">
            <dt className="text-sm text-ink-soft">{t(`wallboard.tile.${name}`)}</dt>
            <dd className="text-3xl font-semibold">{figure}</dd>
            <dd className="mt-auto flex flex-wrap items-center justify-between gap-1 text-sm text-ink-soft">
              {t(`wallboard.goal.${name}`, { goal })}
              {stands && <Badge {...looks[stands]}>{t(`wallboard.stands.${stands}`)}</Badge>}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function floorTiles(rows: readonly Seen[]): Tile[] {
  const working = rows.filter(({ state }) => state !== 'break')
  const talking = working.filter(({ state }) => state === 'on_call').length
  const idle = rows.filter(({ state }) => state === 'available').map(({ ageMs }) => ageMs)
  const needy = rows.filter(({ attention }) => attention !== null).length
  const longest = idle.length === 0 ? null : Math.max(...idle)
  const { attention, talking: share, idle: wait } = targets
  return [
    {
      name: 'attention',
      figure: showCount(needy),
      value: rows.length === 0 ? null : needy / rows.length,
      goal: showCount(attention.good),
    },
    {
      name: 'talking',
      figure: `${showCount(talking)} / ${showCount(working.length)}`,
      value: working.length === 0 ? null : talking / working.length,
      goal: showShare(share.good),
    },
    { name: 'idle', figure: longest === null ? '–' : showAge(longest), value: longest, goal: showAge(wait.good) },
  ]
}

/** Of the campaigns that call now: the one that is nearest to its cap, and the lines that all of them use. */
function useCampaignTiles(): Tile[] {
  const campaigns = useQuery(activeCampaignsQuery).data?.data ?? []
  const limits = useQuery(limitsQuery).data
  const answers = useQueries({ queries: campaigns.map(({ id }) => liveAnswersQuery(id)) })
  const shares = campaigns.flatMap(({ abandon_cap_percent: cap }, place) => {
    const percent = answers[place]?.data?.total.abandoned_percent
    return percent === undefined || cap === 0 ? [] : [{ percent, cap, share: percent / cap }]
  })
  const worst = shares.toSorted((one, other) => other.share - one.share)[0]
  const trunks = limits?.trunks.filter(({ limit }) => limit !== null) ?? []
  const [used, all] = [sum(trunks.map(({ in_use }) => in_use)), sum(trunks.map(({ limit }) => limit ?? 0))]
  return [
    {
      name: 'abandoned',
      figure: worst ? showShare(worst.percent / 100) : '–',
      value: worst?.share ?? null,
      goal: worst ? showShare(worst.cap / 100) : '–',
    },
    {
      name: 'lines',
      figure: limits ? `${showCount(used)} / ${showCount(all)}` : '–',
      value: all === 0 ? null : used / all,
      goal: showShare(targets.lines.good),
    },
  ]
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

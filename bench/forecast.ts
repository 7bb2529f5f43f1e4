/**
 * The what-if forecast held against what a simulated day then does: campaigns are drawn, a part of an earlier day is their
 * history, the forecast is made of it, and the true day is simulated with other chance.
 */
import { coldBelief, learn } from '#domain/forecast/shift-belief.ts'
import { daily } from '#domain/forecast/shift-days.ts'
import { forecastShift, type Range, type ShiftForecast } from '#domain/forecast/shift-forecast.ts'
import type { PacedMode } from '#domain/forecast/shift-plan.ts'
import { drawCampaign, historyOf, liveDay, liveThrough } from './forecast-day.ts'
import { choice, flag, percentile, report } from './kit.ts'

const days = flag('days', 200)
const from = flag('from', 1)
/** 1: days differ from each other as a forecast supposes; 0: they do not. */
const unlike = flag('unlike', 1)
const told = process.argv.includes('--each')
const mode = choice('mode', ['all', 'progressive', 'power', 'predictive'])
const modes: PacedMode[] = mode === 'all' ? ['progressive', 'power', 'predictive'] : [mode]
const spread = { answered: daily.answered * unlike, busy: daily.busy * unlike }

/** Lists, in days' dials. */
const lists = [0.3, 0.6, 1, 1.6] as const
const named = ['utilisation', 'dials', 'live answers', 'finish', 'abandons'] as const
type Named = (typeof named)[number]
const seen: Record<Named, { inside: boolean; width: number; size: number }[]> = {
  ...{ utilisation: [], dials: [], 'live answers': [], finish: [], abandons: [] },
}
const seconds: number[] = []

for (let seed = from; seed < from + days; seed += 1) {
  const drawn = drawCampaign(seed, modes)
  const belief = learn(coldBelief, historyOf(drawn, spread))
  const first = liveDay(drawn, spread)
  drawn.plan.leads = Math.ceil(first.dialed * (lists[seed % lists.length] as number))
  const began = process.cpuUsage()
  const forecast = run(forecastShift(drawn.plan, belief, seed + 500_000))
  const { user, system } = process.cpuUsage(began)
  seconds.push((user + system) / 1e6)
  const say: Partial<Record<Named, string>> = {}
  const held = (name: Named, range: Range, value: number) => {
    const inside = range.low <= value && value <= range.high
    say[name] = `${range.low.toPrecision(3)} ${range.high.toPrecision(3)}: ${value.toPrecision(3)}${inside ? '' : ' !'}`
    seen[name].push({
      inside,
      width: (range.high - range.low) / range.middle,
      size: range.high - range.low,
    })
  }
  held('utilisation', forecast.utilisation, first.utilisation)
  held('dials', forecast.dials, first.dialed)
  held('live answers', forecast.live_answers, first.liveAnswers)
  held('finish', forecast.days, liveThrough(drawn, spread))
  held('abandons', forecast.abandon_rate, first.abandonRate)
  const { plan, truth, known } = drawn
  if (told)
    console.log(
      [
        seed,
        plan.mode,
        plan.agents,
        `${plan.hours.toFixed(1)}h`,
        plan.abandon_cap,
        truth.answered.toFixed(2),
        truth.talk.toFixed(0),
      ].join(' '),
      known,
      JSON.stringify(say),
    )
}

function run(forecasting: Generator<void, ShiftForecast>): ShiftForecast {
  for (;;) {
    const step = forecasting.next()
    if (step.done) return step.value
  }
}

const inside = (name: Named) => (100 * seen[name].filter((one) => one.inside).length) / days
const width = (name: Named) =>
  100 *
  percentile(
    seen[name].map((one) => one.width),
    0.5,
  )
report('forecast', [
  ...named.flatMap((name) => [
    { name: `${name} inside`, value: inside(name), unit: '%' },
    ...(name === 'abandons'
      ? [
          {
            name: 'abandons width',
            value:
              100 *
              percentile(
                seen.abandons.map(({ size }) => size),
                0.5,
              ),
            unit: 'points',
          },
        ]
      : [{ name: `${name} width`, value: width(name), unit: '%', floor: 25, better: 'lower' as const }]),
  ]),
  {
    name: 'outside the bar',
    value: named.filter((name) => inside(name) < 73 || inside(name) > 90).length,
    unit: 'of 5',
    floor: 0,
    better: 'lower',
  },
  { name: 'cpu of one forecast, median', value: percentile(seconds, 0.5), unit: 's' },
  { name: 'cpu of one forecast, p95', value: percentile(seconds, 0.95), unit: 's' },
])

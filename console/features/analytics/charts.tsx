import { useTranslation } from 'react-i18next'
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Named } from '../../ui/legend.tsx'

export interface Series extends Named {
  as: 'bar' | 'line'
}

interface ChartProps {
  rows: readonly Record<string, string | number | null>[]
  /** Which member of a row stands below it. */
  x: string
  series: readonly Series[]
  showX: (value: string) => string
  showY: (value: number) => string
  /** Parts of one, not counts. */
  shares?: boolean
}

/** Bars and lines over what they stand for; a table beside it says the same to whoever does not see it. */
export function Chart({ rows, x, series, showX, showY, shares = false }: ChartProps) {
  const { i18n } = useTranslation()
  const backwards = i18n.dir() === 'rtl'
  const ink = 'var(--ink-soft)'
  return (
    <div aria-hidden dir="ltr" className="h-60">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={[...rows]} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 4 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey={x}
            tickFormatter={showX}
            reversed={backwards}
            minTickGap={24}
            tickLine={false}
            axisLine={false}
            tick={{ fill: ink, fontSize: 12 }}
          />
          <YAxis
            tickFormatter={showY}
            orientation={backwards ? 'right' : 'left'}
            allowDecimals={shares}
            width={48}
            tickLine={false}
            axisLine={false}
            tick={{ fill: ink, fontSize: 12 }}
          />
          <Tooltip
            cursor={{ fill: 'var(--raised)' }}
            contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', borderRadius: 8 }}
            labelFormatter={(label) => showX(String(label))}
            formatter={(value) => showY(Number(value))}
          />
          {series.map(({ key, label, as, colour }) =>
            as === 'bar' ? (
              <Bar
                key={key}
                dataKey={key}
                name={label}
                fill={`var(--${colour})`}
                radius={[3, 3, 0, 0]}
                isAnimationActive={false}
              />
            ) : (
              <Line
                key={key}
                dataKey={key}
                name={label}
                stroke={`var(--${colour})`}
                strokeWidth={2}
                dot={false}
                connectNulls
                isAnimationActive={false}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

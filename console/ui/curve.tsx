import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Named } from './legend.tsx'

export interface Line extends Named {
  as: 'area' | 'solid' | 'dashed'
}

interface CurveProps {
  /** What it shows, for whoever does not see it. */
  label: string
  lines: readonly Line[]
  /** Moments in seconds, oldest first, then the counts of each line at them. */
  points: uPlot.AlignedData
  showX: (seconds: number) => string
  showY: (count: number) => string
}

/** Counts over time, drawn at once and never animated; anew with its figures, its box, the theme and the language. */
export function Curve({ label, lines, points, showX, showY }: CurveProps) {
  const backwards = useTranslation().i18n.dir() === 'rtl'
  const box = useRef<HTMLDivElement>(null)
  const [plot, setPlot] = useState<uPlot | null>(null)
  useEffect(() => {
    const within = box.current as HTMLDivElement
    const made = new uPlot({ ...optionsOf(lines, backwards, showX, showY), ...sizeOf(within) }, undefined, within)
    const fit = new ResizeObserver(() => made.setSize(sizeOf(within)))
    const theme = new MutationObserver(() => made.redraw(false))
    fit.observe(within)
    theme.observe(document.documentElement, { attributeFilter: ['class'] })
    setPlot(made)
    return () => {
      fit.disconnect()
      theme.disconnect()
      made.destroy()
    }
  }, [lines, backwards, showX, showY])
  useEffect(() => plot?.setData(points), [plot, points])
  return <div ref={box} role="img" aria-label={label} dir="ltr" className="h-48 overflow-hidden" />
}

const sizeOf = ({ clientWidth: width, clientHeight: height }: HTMLElement) => ({ width, height })

/** A canvas knows no custom property: its value is read each time something is drawn. */
const token = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)

/** Of counts there are no halves. */
const wholeSteps = [1, 10, 100, 1_000, 10_000].flatMap((ten) => [ten, 2 * ten, 5 * ten])
const leastTop = 5

function optionsOf(
  lines: readonly Line[],
  backwards: boolean,
  showX: CurveProps['showX'],
  showY: CurveProps['showY'],
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = { stroke: token('ink-soft'), ticks: { show: false } }
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { dir: backwards ? -1 : 1 },
      y: { range: (_plot, _least, most) => [0, Math.max(leastTop, most)] },
    },
    axes: [
      { ...axis, size: 28, space: 80, grid: { show: false }, values: (_plot, moments) => moments.map(showX) },
      {
        ...{ ...axis, side: backwards ? 1 : 3, incrs: wholeSteps, grid: { stroke: token('line'), width: 1 } },
        values: (_plot, counts) => counts.map(showY),
      },
    ],
    series: [
      {},
      ...lines.map(({ colour, as }) => ({
        ...{ stroke: token(colour), width: 2, points: { show: false } },
        ...(as === 'area' && { fill: token(`${colour}-soft`) }),
        ...(as === 'dashed' && { dash: [6, 4] }),
      })),
    ],
  }
}

/** What a chart draws, by its word and its colour. */
export interface Named {
  key: string
  label: string
  colour: 'accent' | 'good' | 'warn' | 'bad' | 'info' | 'line-strong'
}

/** Which colour is what, beside the chart. */
export function Legend({ series }: { series: readonly Named[] }) {
  return (
    <ul aria-hidden className="mb-2 flex flex-wrap gap-4 text-sm text-ink-soft">
      {series.map(({ key, label, colour }) => (
        <li key={key} className="flex items-center gap-2">
          <span className="size-3 rounded-sm" ref={paint(colour)} />
          {label}
        </li>
      ))}
    </ul>
  )
}

const paint = (colour: Named['colour']) => (box: HTMLElement | null) => {
  if (box) box.style.background = `var(--${colour})`
}

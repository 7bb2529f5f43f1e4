import { ToggleGroup } from 'radix-ui'
import { nameOfDay } from '../lib/format.ts'

interface ToggleDaysProps {
  label: string
  /** 1 to 7. */
  days: readonly number[]
  onChoose: (days: number[]) => void
}

export function ToggleDays({ label, days, onChoose }: ToggleDaysProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">{label}</span>
      <ToggleGroup.Root
        type="multiple"
        aria-label={label}
        value={days.map(String)}
        onValueChange={(chosen) => onChoose(chosen.map(Number).sort())}
        className="flex flex-wrap gap-1.5"
      >
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <ToggleGroup.Item
            key={day}
            value={String(day)}
            className="h-9 min-w-12 cursor-pointer rounded-lg border border-line-strong px-3 text-sm font-medium text-ink-soft data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-accent"
          >
            {nameOfDay(day)}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  )
}

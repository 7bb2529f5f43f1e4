import { clsx } from 'clsx'
import { ToggleGroup } from 'radix-ui'

interface TabsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChoose: (value: Value) => void
}

/** One of a few, side by side. */
export function Tabs<Value extends string>({ label, value, options, onChoose }: TabsProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(chosen) => chosen !== '' && onChoose(chosen as Value)}
      className="flex w-fit max-w-full overflow-x-auto rounded-lg bg-raised p-1"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={clsx(
            'cursor-pointer rounded-md px-3 py-1 text-sm font-medium whitespace-nowrap text-ink-soft',
            'data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-sm',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

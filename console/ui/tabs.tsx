import { useId } from 'react'

interface TabsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChoose: (value: Value) => void
}

/** One of a few, side by side. */
export function Tabs<Value extends string>({ label, value, options, onChoose }: TabsProps<Value>) {
  const group = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="flex w-fit max-w-full overflow-x-auto rounded-lg bg-raised p-1"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative cursor-pointer rounded-md px-3 py-1 text-sm font-medium whitespace-nowrap text-ink-soft has-checked:bg-surface has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={group}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}

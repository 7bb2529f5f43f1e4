import { RadioGroup } from 'radix-ui'

interface ChoiceCardsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; title: string; text: string }[]
  onChoose: (value: Value) => void
}

/** One of several, each with a sentence on what it means. */
export function ChoiceCards<Value extends string>({ label, value, options, onChoose }: ChoiceCardsProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChoose(chosen as Value)}
      className="grid grid-cols-1 gap-3 sm:grid-cols-2"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="flex cursor-pointer items-start gap-3 rounded-xl border border-line bg-surface p-4 text-start hover:bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="mt-1 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong">
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span>
            <span className="block font-medium">{option.title}</span>
            <span className="block text-sm text-ink-soft">{option.text}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}

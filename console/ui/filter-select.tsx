interface FilterSelectProps {
  label: string
  /** What the choice of nothing in particular says. */
  any: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChoose: (value: string | undefined) => void
}

/** One of many to filter a list by, small enough to stand in a row. */
export function FilterSelect({ label, any, value, options, onChoose }: FilterSelectProps) {
  return (
    <label className="min-w-0">
      <span className="sr-only">{label}</span>
      <select
        value={value ?? ''}
        onChange={({ target }) => onChoose(target.value || undefined)}
        className="h-9 w-full max-w-44 truncate rounded-lg border border-line-strong bg-surface px-2.5 text-sm"
      >
        <option value="">{any}</option>
        {value !== undefined && !options.some((option) => option.value === value) && (
          <option value={value}>{value}</option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

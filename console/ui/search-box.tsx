import { clsx } from 'clsx'
import { Search } from 'lucide-react'

interface SearchBoxProps {
  label: string
  value: string
  onSearch: (words: string) => void
  className?: string
}

/** Searches while it is typed into. */
export function SearchBox({ label, value, onSearch, className }: SearchBoxProps) {
  return (
    <label className={clsx('relative', className)}>
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="absolute start-3 top-2.5 size-4 text-ink-soft" />
      <input
        type="search"
        defaultValue={value}
        placeholder={label}
        onChange={({ target }) => onSearch(target.value)}
        className="h-9 w-full rounded-lg border border-line-strong bg-surface ps-9 pe-3 text-sm"
      />
    </label>
  )
}

import type { ReactNode } from 'react'

interface CheckListProps {
  label: string
  options: readonly { id: string; name: string }[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  /** Below the last. */
  children?: ReactNode
}

/** Any number of those that are listed. */
export function CheckList({ label, options, chosen, onChoose, children }: CheckListProps) {
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChoose(next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex max-h-64 flex-col overflow-y-auto rounded-lg border border-line bg-surface p-2">
        {options.map(({ id, name }) => (
          <label key={id} className="flex items-center gap-2 py-1">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.has(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            <bdi className="truncate">{name}</bdi>
          </label>
        ))}
        {children}
      </div>
    </fieldset>
  )
}

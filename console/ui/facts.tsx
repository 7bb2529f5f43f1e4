import type { ReactNode } from 'react'

/** What is known of something, each under its word; what is not known is left out. */
export function Facts({ facts }: { facts: readonly (readonly [word: string, fact: ReactNode])[] }) {
  const known = facts.filter(([, fact]) => fact !== null && fact !== undefined && fact !== '' && fact !== false)
  return (
    <dl className="grid grid-cols-[fit-content(45%)_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
      {known.map(([word, fact]) => (
        <div key={word} className="col-span-2 grid grid-cols-subgrid">
          <dt className="min-w-28 text-ink-soft">{word}</dt>
          <dd className="wrap-anywhere">
            <bdi>{fact}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

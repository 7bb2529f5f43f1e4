/** Figures side by side, each under its word. */
export function Tiles({ tiles }: { tiles: readonly (readonly [word: string, figure: string])[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3">
      {tiles.map(([word, figure]) => (
        <div key={word} className="rounded-xl border border-line bg-surface p-4">
          <dt className="text-sm text-ink-soft">{word}</dt>
          <dd className="mt-1 text-2xl font-semibold">{figure}</dd>
        </div>
      ))}
    </dl>
  )
}

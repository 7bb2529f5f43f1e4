import { useListedKeys } from '../lib/keys.ts'

/** The key that an act has now, shown to whoever sees the screen; others hear it with the button. */
export function KeyOf({ id }: { id: string }) {
  const key = useListedKeys().find((act) => act.id === id)?.key
  return (
    <kbd aria-hidden className="text-xs uppercase opacity-70">
      {key}
    </kbd>
  )
}

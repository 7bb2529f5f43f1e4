import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { useKeys, useListedKeys } from '../lib/keys.ts'
import { Button } from './button.tsx'
import type { Look } from './button-look.ts'
import { KeyOf } from './key-of.tsx'
import { tell } from './tell.ts'

interface ActButtonProps {
  id: string
  /** Unless its user has chosen another one. */
  keyOf: string
  icon: LucideIcon
  label: string
  barred: string | null
  run: () => void
  look?: Look
  className?: string
}

/** An act by a button and by a key, which the button shows; of both the reason where it can not be done. */
export function ActButton({ id, keyOf, icon: Icon, label, barred, run, look = 'plain', className }: ActButtonProps) {
  useKeys([{ id, key: keyOf, label, run: () => (barred === null ? run() : tell('info', barred)) }])
  const key = useListedKeys().find((act) => act.id === id)?.key ?? keyOf
  return (
    <Button
      look={look}
      size="small"
      className={clsx('h-9! min-w-0', className)}
      barred={barred}
      aria-keyshortcuts={key}
      onClick={run}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="me-auto truncate">{label}</span>
      <KeyOf id={id} />
    </Button>
  )
}

import { clsx } from 'clsx'

const looks = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  plain: 'border border-line bg-surface text-ink hover:bg-raised',
  quiet: 'text-ink-soft hover:bg-raised hover:text-ink',
  bad: 'border border-line bg-surface text-bad hover:bg-bad-soft',
} as const
export type Look = keyof typeof looks

const sizes = {
  normal: 'h-9 px-3.5 gap-2',
  small: 'h-8 px-2.5 gap-1.5 text-sm',
  icon: 'size-9 justify-center',
} as const
export type Size = keyof typeof sizes

/** Of a button, and of a link that leads somewhere as a button does. */
export function buttonLook(look: Look, size: Size): string {
  return clsx(
    'inline-flex shrink-0 cursor-pointer items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors',
    looks[look],
    sizes[size],
  )
}

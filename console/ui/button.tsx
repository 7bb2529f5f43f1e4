import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { buttonLook, type Look, type Size } from './button-look.ts'
import { Hint } from './hint.tsx'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: Look
  size?: Size
  /** Why it can't be used now; it stays in reach of the keyboard, so that everybody can learn the reason. */
  barred?: string | null
}

export function Button({ look = 'plain', size = 'normal', barred = null, className, onClick, ...rest }: ButtonProps) {
  const button = (
    <button
      type="button"
      aria-disabled={barred !== null || undefined}
      onClick={barred === null ? onClick : undefined}
      className={clsx(buttonLook(look, size), barred !== null && 'cursor-not-allowed opacity-60', className)}
      {...rest}
    />
  )
  return barred === null ? button : <Hint text={barred}>{button}</Hint>
}

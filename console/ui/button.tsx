import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { buttonLook, type Look, type Size } from './button-look.ts'
import { Hint } from './hint.tsx'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: Look
  size?: Size
  /**
   * Why it can't be used now, or null; it stays in reach of the keyboard, so that everybody can learn the reason. Left out: it
   * always can.
   */
  barred?: string | null
}

export function Button({ look = 'plain', size = 'normal', barred, className, onClick, ...rest }: ButtonProps) {
  const button = (
    <button
      type="button"
      aria-disabled={Boolean(barred) || undefined}
      onClick={barred ? undefined : onClick}
      className={clsx(buttonLook(look, size), barred && 'cursor-not-allowed opacity-60', className)}
      {...rest}
    />
  )
  return barred === undefined ? button : <Hint text={barred}>{button}</Hint>
}

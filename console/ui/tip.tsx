import { Tooltip } from 'radix-ui'
import { type ReactElement, type ReactNode, useLayoutEffect, useRef } from 'react'

interface TipProps {
  text: ReactNode
  /** The keyboard was there before this took the place: it stays, and its user is told. */
  focused: boolean
  children: ReactElement
}

/** The works of `Hint`. */
export function Tip({ text, focused, children }: TipProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const wasFocused = useRef(focused)
  useLayoutEffect(() => {
    if (wasFocused.current) trigger.current?.focus()
  }, [])
  return (
    <Tooltip.Provider delayDuration={300}>
      <Tooltip.Root {...(text === null && { open: false })}>
        <Tooltip.Trigger asChild ref={trigger}>
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-sm text-ground shadow-lg"
          >
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}

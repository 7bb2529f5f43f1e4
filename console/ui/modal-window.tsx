import { clsx } from 'clsx'
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import { openerOf } from './focus.ts'
import type { ModalProps } from './modal.tsx'

/** The window of a `Modal`. Once it is closed the keyboard is where it was before. */
export function ModalWindow(props: ModalProps) {
  const { title, titleHidden = false, text, corner, className, asks = false, onKeyDown, onClose, children } = props
  const opener = useRef(openerOf(document.activeElement))
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content
          {...(text === undefined && { 'aria-describedby': undefined })}
          {...(asks && { role: 'alertdialog', onInteractOutside: (event) => event.preventDefault() })}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            opener.current?.focus()
          }}
          className={clsx('fixed z-50 border-line bg-surface shadow-xl', className)}
        >
          <header className={titleHidden ? 'sr-only' : 'flex items-start justify-between gap-3'}>
            <Dialog.Title dir="auto" className="min-w-0 text-lg font-semibold wrap-anywhere">
              {title}
            </Dialog.Title>
            {corner}
          </header>
          {text !== undefined && <Dialog.Description className="mt-1 text-ink-soft">{text}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

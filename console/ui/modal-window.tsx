import { clsx } from 'clsx'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { openerOf } from './focus.ts'

export interface ModalProps {
  title: string
  /** For those alone who hear it. */
  titleHidden?: boolean
  /** What it is for, in a sentence. */
  text?: string | undefined
  /** Stands beside the title. */
  corner?: ReactNode
  /** Where it stands and how wide it is. */
  className: string
  /** It asks something that has to be answered: a click beside it does not close it. */
  asks?: boolean
  onKeyDown?: (event: KeyboardEvent) => void
  onClose: () => void
  children: ReactNode
}

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

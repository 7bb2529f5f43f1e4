import type { KeyboardEvent, ReactNode } from 'react'
import { later, useLater } from '../lib/later.ts'

const windows = later(() => import('./modal-window.tsx'))

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

/** Stands over the page, which can't be used until it is closed; open as long as it is shown. */
export function Modal(props: ModalProps) {
  const parts = useLater(windows, true)
  return parts && <parts.ModalWindow {...props} />
}

/** In the middle of the page. */
export const centered = 'top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 rounded-xl border'

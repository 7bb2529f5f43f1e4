import { later, useLater } from '../lib/later.ts'
import type { ModalProps } from './modal-window.tsx'

const windows = later(() => import('./modal-window.tsx'))

/** Stands over the page, which can't be used until it is closed; open as long as it is shown. */
export function Modal(props: ModalProps) {
  const parts = useLater(windows, true)
  return parts && <parts.ModalWindow {...props} />
}

/** In the middle of the page. */
export const centered = 'top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 rounded-xl border'

import type { ExternalToast } from 'sonner'
import { later } from '../lib/later.ts'

/** What shows notices, and where they are handed to it. */
export const notices = later(() => import('./notices.tsx'))

type Kind = 'success' | 'error' | 'info' | 'warning'

/** Says in a corner of the page what happened; `more` has what sonner takes: a description, an act, how long in ms. */
export function tell(kind: Kind, text: string, more?: ExternalToast): void {
  notices.load().then(({ toast }) => toast[kind](text, more))
}

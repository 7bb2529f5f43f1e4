import { useTranslation } from 'react-i18next'
import { useLater } from '../lib/later.ts'
import { notices } from '../ui/tell.ts'
import { useTheme } from './theme.ts'

/** Where `tell` is heard. */
export function NoticeCorner() {
  const { i18n } = useTranslation()
  const theme = useTheme()
  const parts = useLater(notices, false)
  return parts && <parts.Toaster theme={theme} dir={i18n.dir()} position="bottom-right" closeButton richColors />
}

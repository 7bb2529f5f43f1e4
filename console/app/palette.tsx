import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later, useLater } from '../lib/later.ts'
import { Modal } from '../ui/modal.tsx'

const lists = later(() => import('./palette-list.tsx'))

/** Reaches every page, and every campaign and contact by its name or number, from anywhere, by the keyboard alone. */
export function Palette() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const parts = useLater(lists, open)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  const close = () => setOpen(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="flex h-9 min-w-0 cursor-pointer items-center gap-2 rounded-lg border border-line-strong px-3 text-sm text-ink-soft hover:bg-raised sm:w-64"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="truncate">{t('palette.open')}</span>
        <kbd className="ms-auto hidden text-xs sm:block">{t('palette.key')}</kbd>
      </button>
      {open && (
        <Modal
          title={t('palette.open')}
          titleHidden
          className="top-[12vh] left-1/2 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 rounded-xl border"
          onClose={close}
        >
          {parts && <parts.PaletteList onGo={close} />}
        </Modal>
      )}
    </>
  )
}

import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

// Loaded after the page is there, so that nobody who opens it at once types into nothing.
const loadList = async () => ({ default: (await import('./palette-list.tsx')).PaletteList })
const PaletteList = lazy(loadList)

/** Reaches every page, and every campaign and contact by its name or number, from anywhere, by the keyboard alone. */
export function Palette() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const soon = requestIdleCallback(loadList)
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    addEventListener('keydown', listen)
    return () => {
      cancelIdleCallback(soon)
      removeEventListener('keydown', listen)
    }
  }, [])
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="flex h-9 min-w-0 cursor-pointer items-center gap-2 rounded-lg border border-line-strong px-3 text-sm text-ink-soft hover:bg-raised sm:w-64">
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="truncate">{t('palette.open')}</span>
        <kbd className="ms-auto hidden text-xs sm:block">{t('palette.key')}</kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40 dark:bg-ground/70" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 rounded-xl border border-line bg-surface shadow-xl"
        >
          <Dialog.Title className="sr-only">{t('palette.open')}</Dialog.Title>
          <Suspense>
            <PaletteList onGo={() => setOpen(false)} />
          </Suspense>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** What every page begins with: its name, which is the window's too, and what can be done on it. */
export function Page({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('windowTitle', { page: title })
  }, [title, t])
  return (
    <div className="mx-auto flex w-full max-w-[110rem] flex-col gap-6 p-4 sm:p-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {aside}
      </header>
      {children}
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { BookOpen, Menu as MenuIcon, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startListening } from '../api/live.ts'
import { meQuery, shareSession } from '../api/me.ts'
import { listenForKeys } from '../lib/keys.ts'
import { served } from '../lib/urls.ts'
import { Button } from '../ui/button.tsx'
import { Failed } from '../ui/states.tsx'
import { AccountMenu } from './account-menu.tsx'
import { DemoBanner } from './demo-banner.tsx'
import icon from './icon.svg'
import { KeysDialog } from './keys-dialog.tsx'
import { LiveBadge } from './live-badge.tsx'
import { NoticeCorner } from './notice-corner.tsx'
import { Palette } from './palette.tsx'
import { places, sections } from './places.ts'

/** What stands around every page: where one is, where one can go, and whether what is seen is live. */
export function Shell() {
  const { t } = useTranslation()
  const { data: me, error, refetch } = useQuery(meQuery)
  const [open, setOpen] = useState(false)
  const known = me !== undefined
  useEffect(() => {
    if (known) startListening()
  }, [known])
  useEffect(() => {
    if (me) shareSession(me)
  }, [me])
  useEffect(listenForKeys, [])
  const nav = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one is may lie below the others on a low screen, each time anew.
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' })
  }, [path, known])
  return (
    <>
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:p-3"
      >
        {t('skipToPage')}
      </a>
      <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <nav
          ref={nav}
          aria-label={t('nav.label')}
          className={`${open ? 'fixed inset-y-0 start-0 z-30 flex w-60 shadow-xl' : 'hidden'} flex-col gap-3 overflow-y-auto border-e border-line bg-surface p-4 lg:sticky lg:top-0 lg:flex lg:h-dvh lg:w-auto lg:shadow-none`}
        >
          <p className="flex items-center gap-2.5 px-2 text-lg font-semibold">
            <img src={icon} alt="" className="size-7" />
            {t('product')}
          </p>
          {sections.map((section) => (
            <NavSection key={section} title={t(`nav.section.${section}`)}>
              {places
                .filter((place) => place.section === section)
                .map(({ to, label, icon: Icon }) => (
                  <NavLink key={to} to={to} onGo={() => setOpen(false)}>
                    <Icon aria-hidden className="size-4" />
                    {t(label)}
                  </NavLink>
                ))}
            </NavSection>
          ))}
          <NavSection title={t('nav.developers')}>
            <a href={served.docs} className={navLook}>
              <BookOpen aria-hidden className="size-4" />
              {t('nav.api')}
            </a>
          </NavSection>
        </nav>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 sm:px-6">
            <Button
              look="quiet"
              size="icon"
              className="lg:hidden"
              aria-label={t(open ? 'nav.close' : 'nav.open')}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? <X aria-hidden className="size-5" /> : <MenuIcon aria-hidden className="size-5" />}
            </Button>
            <Palette />
            <div className="ms-auto flex items-center gap-2">
              <LiveBadge />
              {me && <AccountMenu me={me} />}
            </div>
          </header>
          {me?.workspace.is_demo && <DemoBanner me={me} />}
          <main id="page" tabIndex={-1} className="flex-1 outline-none">
            {me ? (
              <Outlet />
            ) : (
              error && (
                <div className="p-6">
                  <Failed error={error} retry={refetch} />
                </div>
              )
            )}
          </main>
        </div>
      </div>
      <KeysDialog />
      <NoticeCorner />
    </>
  )
}

const navLook =
  'flex items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm font-medium text-ink-soft hover:bg-raised hover:text-ink'

function NavSection({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <h2 className="px-2.5 pb-1 text-xs font-medium text-ink-soft">{title}</h2>
      {children}
    </div>
  )
}

interface NavLinkProps {
  to: (typeof places)[number]['to']
  onGo: () => void
  children: React.ReactNode
}

function NavLink({ to, onGo, children }: NavLinkProps) {
  return (
    <Link to={to} onClick={onGo} className={navLook} activeProps={{ className: 'bg-accent-soft text-accent!' }}>
      {children}
    </Link>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Agent } from '../../api/agents.ts'
import type { Me } from '../../api/me.ts'
import { Page } from '../../ui/page.tsx'
import type { OwnPhone } from '../../ui/use-softphone.ts'
import { Announcer } from './announcer.tsx'
import { CallZone } from './call-zone.tsx'
import { CallbacksPanel } from './callbacks-panel.tsx'
import { OfferZone } from './offer-zone.tsx'
import { OutcomeZone } from './outcome-zone.tsx'
import { PersonZone } from './person-zone.tsx'
import { Phone } from './phone/phone.tsx'
import { StateBar } from './state-bar.tsx'
import type { Desk } from './use-desk.ts'

interface WorkspaceProps {
  me: Me
  agent: Agent
  /** Null for who is reached at an extension or an outside number. */
  phone: OwnPhone | null
  desk: Desk
  title: string
}

/** The desk of whoever is signed on: the call, whom it is with and what to say, what came of it. */
export function Workspace({ me, agent, phone, desk, title }: WorkspaceProps) {
  const { t } = useTranslation()
  const { session, offer, pop } = desk
  const offered = session.state === 'reserved' && offer?.call_id === session.call_id ? offer : null
  const inHand = session.call_id !== null && pop?.call_id === session.call_id ? pop : null
  const shown = offered ?? inHand
  return (
    <Page title={title} aside={<StateBar me={me} desk={desk} />}>
      <Announcer desk={desk} pop={inHand} />
      {/* As high as the window leaves it, so that nothing of a call is out of sight; each zone scrolls by itself. */}
      <div className="grid grid-cols-1 gap-4 lg:h-[calc(100dvh-10.25rem)] lg:min-h-96 lg:grid-cols-[17rem_minmax(0,1fr)_20rem]">
        <Zone label={t('desk.zone.call')}>
          {offered ? <OfferZone desk={desk} offer={offered} /> : <CallZone desk={desk} pop={inHand} />}
          {phone && <Phone phone={phone} />}
        </Zone>
        <Zone label={t('desk.zone.person')}>
          {shown ? <PersonZone key={shown.call_id} pop={shown} /> : <CallbacksPanel desk={desk} agentId={agent.id} />}
        </Zone>
        <Zone label={t('desk.zone.outcome')}>
          <OutcomeZone key={pop?.call_id} me={me} desk={desk} pop={pop} />
        </Zone>
      </div>
    </Page>
  )
}

function Zone({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
      tabIndex={0}
      className="flex min-h-0 flex-col gap-4 overflow-y-auto rounded-xl border border-line bg-surface p-4"
    >
      {children}
    </section>
  )
}

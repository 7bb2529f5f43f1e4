import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ownSessionQuery } from '../../api/agent-sessions.ts'
import { type Agent, agentOfUserQuery } from '../../api/agents.ts'
import { type Me, meQuery } from '../../api/me.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { type OwnPhone, useSoftphone } from '../../ui/use-softphone.ts'
import { Elsewhere } from './elsewhere.tsx'
import { NoAgent } from './no-agent.tsx'
import { chosenDevice } from './phone/use-devices.ts'
import { audioOf } from './phone/use-microphone.ts'
import { SignOn } from './sign-on.tsx'
import { useDesk } from './use-desk.ts'
import { useSoleTab } from './use-sole-tab.ts'
import { Workspace } from './workspace.tsx'

/** Where an agent works: whom the call is with, what to say, and what came of it, all on one screen. */
export function DeskPage() {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  if (me === undefined) return null
  return <DeskOf key={me.user.id} me={me} title={t('places.desk')} />
}

function DeskOf({ me, title }: { me: Me; title: string }) {
  const agent = useQuery(agentOfUserQuery(me.user.id))
  const { sole, take } = useSoleTab()
  if (agent.data && sole === true) return <SignedOnOrNot me={me} agent={agent.data} title={title} />
  return (
    <Page title={title}>
      {sole === false ? (
        <Elsewhere where="tab" onTake={take} />
      ) : (
        <Loaded of={agent} shape={<Skeleton className="h-96" />}>
          {(found) => (found === null ? <NoAgent me={me} /> : <Skeleton className="h-96" />)}
        </Loaded>
      )}
    </Page>
  )
}

/** The phone comes before signing on: whoever signs on is rung. */
function SignedOnOrNot({ me, agent, title }: { me: Me; agent: Agent; title: string }) {
  const session = useQuery(ownSessionQuery(agent.id))
  const on = agent.reached_at === 'browser'
  const phone = useSoftphone({ as: 'agent', on, audio: () => audioOf(chosenDevice()) })
  const own = on ? phone : null
  if (session.data) return <SignedOn key={session.data.id} me={me} agent={agent} phone={own} title={title} />
  return (
    <Page title={title}>
      <Loaded of={session} shape={<Skeleton className="h-96" />}>
        {() => <SignOn me={me} agent={agent} phone={own} />}
      </Loaded>
    </Page>
  )
}

interface SignedOnProps {
  me: Me
  agent: Agent
  phone: OwnPhone | null
  title: string
}

function SignedOn({ me, agent, phone, title }: SignedOnProps) {
  const desk = useDesk(agent.id)
  if (desk?.owner) return <Workspace me={me} agent={agent} phone={phone} desk={desk} title={title} />
  return (
    <Page title={title}>
      {desk === null || desk.link !== 'open' ? (
        <Skeleton className="h-96" />
      ) : (
        <Elsewhere where="device" onTake={() => desk.want({ type: 'take_over' })} />
      )}
    </Page>
  )
}

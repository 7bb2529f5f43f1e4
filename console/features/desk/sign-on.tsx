import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { signOn } from '../../api/agent-sessions.ts'
import type { Agent } from '../../api/agents.ts'
import { activeCampaignsQuery } from '../../api/campaigns.ts'
import type { Me } from '../../api/me.ts'
import { breakReasonsOf } from '../../lib/break-reasons.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import type { OwnPhone } from '../../ui/use-softphone.ts'
import { PreFlight } from './phone/pre-flight.tsx'

/** Before the shift: as whom, for which campaigns, heard through what. */
export function SignOn({ me, agent, phone }: { me: Me; agent: Agent; phone: OwnPhone | null }) {
  const { t } = useTranslation()
  const campaigns = useQuery(activeCampaignsQuery)
  const { mutate, isPending } = useMutation({
    mutationFn: (reason: string | null) => signOn(agent.id, reason),
    onError: tellRefusal,
  })
  const [firstReason = null] = breakReasonsOf(me.workspace.break_reasons)
  const waits = isPending || phone?.state === 'connecting'
  const barred = !agent.active ? t('desk.signOn.notActive') : waits ? t('loading') : null
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <section aria-labelledby="as" className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
        <h2 id="as" className="text-lg font-semibold">
          {t('desk.signOn.as', { name: agent.name })}
        </h2>
        <p className="text-ink-soft">{t(`desk.reached.${agent.reached_at}`, { place: placeOf(agent) })}</p>
        <div>
          <h3 className="mb-2 text-sm font-medium">{t('desk.signOn.campaigns')}</h3>
          <Loaded of={campaigns}>
            {({ data }) => {
              const own = data.filter(
                ({ agent_ids, team_ids }) =>
                  agent_ids.includes(agent.id) || team_ids.some((id) => agent.team_ids.includes(id)),
              )
              if (own.length === 0) return <p className="text-sm text-ink-soft">{t('desk.signOn.noCampaign')}</p>
              return (
                <ul className="flex flex-wrap gap-2">
                  {own.map(({ id, name, mode }) => (
                    <li key={id} dir="auto" className="rounded-lg bg-raised px-2.5 py-1 text-sm">
                      {t('desk.signOn.campaign', { name, mode: t(`campaigns.mode.${mode}`) })}
                    </li>
                  ))}
                </ul>
              )
            }}
          </Loaded>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" barred={barred} onClick={() => mutate(null)}>
            {t('desk.signOn.ready')}
          </Button>
          <Button barred={barred} onClick={() => mutate(firstReason)}>
            {t('desk.signOn.onBreak')}
          </Button>
        </div>
      </section>
      {phone && <PreFlight phone={phone} />}
    </div>
  )
}

function placeOf({ reached_at, extension, phone_number }: Agent): string {
  return (reached_at === 'extension' ? extension : phone_number) ?? ''
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { campaignQuery } from '../../api/campaigns.ts'
import { type Lead, leadsOfContactQuery } from '../../api/contacts.ts'
import { showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { LeadBadge } from '../leads/lead-badge.tsx'

/** The campaigns somebody stands in, and how. */
export function ContactLeads({ id }: { id: string }) {
  const { t } = useTranslation()
  const leads = useQuery(leadsOfContactQuery(id))
  return (
    <Card title={t('contacts.campaigns')}>
      <Loaded of={leads}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-sm text-ink-soft">{t('contacts.noCampaigns')}</p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {data.map((lead) => (
                <LeadRow key={lead.id} lead={lead} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

function LeadRow({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const { id, campaign_id, status, attempts, max_attempts, due_at, held_because } = lead
  const { data: campaign } = useQuery(campaignQuery(campaign_id))
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <Link
        to={urls.campaign}
        params={{ id: campaign_id }}
        search={{ tab: 'leads', lead: id }}
        className="font-medium text-accent hover:underline"
      >
        {campaign?.name ?? t('campaigns.one')}
      </Link>
      <LeadBadge status={status} />
      <span className="text-sm text-ink-soft">{t('leads.triesOf', { attempts, max: max_attempts })}</span>
      <span dir="auto" className="text-sm text-ink-soft">
        {held_because ?? (due_at && t('leads.dueAt', { when: showMoment(due_at) }))}
      </span>
    </li>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, CornerUpLeft, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Lead, leadQuery, leadVerdictQuery, markCalled, setLeadStatus } from '../../api/leads.ts'
import { useBarred } from '../../api/me.ts'
import { showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { Verdict } from '../contactability/verdict.tsx'
import { LeadBadge } from './lead-badge.tsx'

/** One lead: may it be called and why, how it stands, and what is done with it by hand. */
export function LeadPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const lead = useQuery(leadQuery(id))
  const verdict = useQuery(leadVerdictQuery(id))
  const { full_name, number } = lead.data ?? {}
  return (
    <SidePanel
      title={full_name || (number === undefined ? t('leads.one') : t('leads.unnamed', { number }))}
      onClose={onClose}
    >
      <Loaded of={lead}>
        {(found) => (
          <>
            <LeadFacts lead={found} />
            <section aria-labelledby="why" className="rounded-xl border border-line bg-ground p-4">
              <h3 id="why" className="mb-3 font-semibold">
                {t('leads.why')}
              </h3>
              <Loaded of={verdict}>{(told) => <Verdict verdict={told} />}</Loaded>
            </section>
            <LeadActs lead={found} />
          </>
        )}
      </Loaded>
    </SidePanel>
  )
}

function LeadFacts({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const {
    status,
    phone,
    attempts,
    max_attempts: max,
    last_outcome,
    last_attempt_at,
    due_at,
    priority,
    contact_id,
  } = lead
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <LeadBadge status={status} />
        <Link to={urls.contact} params={{ id: contact_id }} className="text-sm text-accent hover:underline">
          {t('leads.openContact')}
        </Link>
      </div>
      <Facts
        facts={[
          [t('leads.column.phone'), phone && <PhoneNumber key="phone" e164={phone} />],
          [t('leads.column.attempts'), t('leads.triesOf', { attempts, max })],
          [t('leads.lastTry'), last_attempt_at && showMoment(last_attempt_at)],
          [t('leads.column.outcome'), last_outcome && t(`outcome.${last_outcome}` as 'outcome.human', last_outcome)],
          [t('leads.column.due_at'), due_at && showMoment(due_at)],
          [t('leads.priority'), priority !== 0 && String(priority)],
          [t('leads.consent'), lead.consent_basis],
          [t('leads.segment'), lead.customer_segment],
        ]}
      />
    </div>
  )
}

function LeadActs({ lead: { id, status } }: { lead: Lead }) {
  const { t } = useTranslation()
  const barred = useBarred()('leads.write')
  const { mutate } = useMutation({
    mutationFn: (act: 'called' | 'skipped' | 'pending') => (act === 'called' ? markCalled(id) : setLeadStatus(id, act)),
    onSuccess: (moved) => tell('success', t('leads.became', { status: t(`lead.${moved.status}`) })),
    onError: tellRefusal,
  })
  const calling = status === 'calling' ? t('leads.isCalling') : null
  const open = ['pending', 'callback'].includes(status)
  return (
    <div className="flex flex-wrap gap-2">
      <Button barred={barred} onClick={() => mutate('called')}>
        <Check aria-hidden className="size-4" />
        {t('leads.act.called')}
      </Button>
      <Button
        look="bad"
        barred={barred ?? calling ?? (open ? null : t('leads.notOpen'))}
        onClick={() => mutate('skipped')}
      >
        <UserX aria-hidden className="size-4" />
        {t('leads.act.skipped')}
      </Button>
      <Button barred={barred ?? calling ?? (open ? t('leads.isOpen') : null)} onClick={() => mutate('pending')}>
        <CornerUpLeft aria-hidden className="size-4" />
        {t('leads.act.pending')}
      </Button>
    </div>
  )
}

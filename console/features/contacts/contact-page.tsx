import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Pencil, PhoneOutgoing, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Contact, contactQuery, deleteContact, leadsOfContactQuery } from '../../api/contacts.ts'
import { useBarred } from '../../api/me.ts'
import { showCount, showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { BulkCallForm } from './bulk-call-form.tsx'
import { ContactHistory } from './contact-history.tsx'
import { ContactLeads } from './contact-leads.tsx'
import { EditContact } from './edit-contact.tsx'
import { NumberCard } from './number-card.tsx'

const route = getRouteApi(urls.contact)

/** One person: may they be called, what is known of them, and what was before. */
export function ContactPage() {
  const { id } = route.useParams()
  const { t } = useTranslation()
  const contact = useQuery(contactQuery(id))
  const { data } = contact
  return (
    <Page
      title={data ? data.full_name || t('contacts.unnamed') : t('contacts.one')}
      aside={data && <ContactActs contact={data} />}
    >
      <Loaded of={contact}>{(found) => <Person contact={found} />}</Loaded>
    </Page>
  )
}

function Person({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const { id, phones, company, email, city, region, postcode, country, language, time_zone, custom, created_at } =
    contact
  const place = [city, region, postcode, country].filter(Boolean).join(', ')
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        {phones.map(({ number, extension }) => (
          <NumberCard key={number} number={number} extension={extension} />
        ))}
        <Card title={t('contacts.known')}>
          <Facts
            facts={[
              [t('contacts.field.company'), company],
              [t('contacts.field.email'), email],
              [t('contacts.place'), place],
              [t('contacts.field.time_zone'), time_zone],
              [t('contacts.language'), language],
              ...Object.entries(custom).map(([word, fact]) => [word, String(fact)] as const),
              [t('contacts.column.created_at'), showMoment(created_at)],
            ]}
          />
        </Card>
      </div>
      <div className="flex flex-col gap-4">
        <ContactLeads id={id} />
        <ContactHistory id={id} />
      </div>
    </div>
  )
}

function ContactActs({ contact }: { contact: Contact }) {
  const { id, full_name } = contact
  const { t } = useTranslation()
  const navigate = useNavigate()
  const barred = useBarred()
  const [open, setOpen] = useState<'edit' | 'call' | 'delete' | null>(null)
  const { data: leads } = useQuery(leadsOfContactQuery(id))
  const waiting = leads?.data.filter(({ status }) => ['pending', 'callback', 'calling'].includes(status)).length ?? 0
  // Whoever deletes is told first what that takes along.
  const unknown = leads === undefined ? t('loading') : null
  const { mutate } = useMutation({
    mutationFn: () => deleteContact(id),
    onSuccess: () => {
      tell('success', t('contacts.deleted', { name: full_name }))
      navigate({ to: urls.contacts })
    },
    onError: tellRefusal,
  })
  const close = () => setOpen(null)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button barred={barred('contacts.write')} onClick={() => setOpen('edit')}>
        <Pencil aria-hidden className="size-4" />
        {t('contacts.change')}
      </Button>
      <Button look="bad" barred={barred('contacts.write') ?? unknown} onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden className="size-4" />
        {t('contacts.delete')}
      </Button>
      <Button look="primary" barred={barred('campaigns.write')} onClick={() => setOpen('call')}>
        <PhoneOutgoing aria-hidden className="size-4" />
        {t('contacts.call')}
      </Button>
      {open === 'edit' && <EditContact contact={contact} onClose={close} />}
      {open === 'call' && <BulkCallForm whom={{ contact_ids: [id] }} count={1} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDialog
          title={t('contacts.askDelete', { name: full_name || t('contacts.unnamed') })}
          text={[
            t('contacts.takesNumbers', { count: contact.phones.length, shown: showCount(contact.phones.length) }),
            waiting > 0
              ? t('contacts.takesLeads', { count: waiting, shown: showCount(waiting) })
              : t('contacts.takesNoLeads'),
            t('contacts.keepsCalls'),
          ].join(' ')}
          confirm={t('contacts.delete')}
          {...(full_name !== '' && { typed: full_name })}
          onConfirm={() => mutate()}
          onClose={close}
        />
      )}
    </div>
  )
}

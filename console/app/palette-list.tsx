import { useQuery } from '@tanstack/react-query'
import { type LinkProps, useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { ContactRound, type LucideIcon, Megaphone, PhoneOutgoing } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foundCallsQuery } from '../api/calls.ts'
import { foundCampaignsQuery } from '../api/campaigns.ts'
import { foundContactsQuery } from '../api/contacts.ts'
import { showAgo } from '../lib/format.ts'
import { urls } from '../lib/urls.ts'
import { PhoneNumber } from '../ui/phone-number.tsx'
import { places } from './places.ts'

interface Hit {
  id: string
  icon: LucideIcon
  label: ReactNode
  aside?: ReactNode
  to: LinkProps
}

export function PaletteList({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const hits = useHits(words)
  // Answers come one after the other: whatever stands first is chosen, and not what stood there before.
  const first = hits[0]?.id ?? ''
  const [chosen, setChosen] = useState<string>(first)
  useEffect(() => setChosen(first), [first])
  return (
    <Command shouldFilter={false} label={t('palette.open')} value={chosen} onValueChange={setChosen}>
      <Command.Input
        // The list may come after the dialog, which then has nothing else to go to.
        autoFocus
        value={words}
        onValueChange={setWords}
        placeholder={t('palette.placeholder')}
        className="w-full border-b border-line bg-transparent px-4 py-3.5 outline-none"
      />
      <Command.List className="max-h-80 overflow-y-auto p-2">
        <Command.Empty className="p-3 text-ink-soft">{t('palette.nothing')}</Command.Empty>
        {hits.map(({ id, icon: Icon, label, aside, to }) => (
          <Command.Item
            key={id}
            value={id}
            onSelect={() => {
              onGo()
              navigate(to)
            }}
            className="flex cursor-pointer items-center gap-3 rounded-md px-3 py-2 data-[selected=true]:bg-raised"
          >
            <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
            <span className="min-w-0 truncate">{label}</span>
            <span className="ms-auto text-sm whitespace-nowrap text-ink-soft">{aside}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}

/** Pages by their names, then campaigns, people and calls by what is known of them. */
function useHits(words: string): Hit[] {
  const { t } = useTranslation()
  const { data: campaigns } = useQuery({ ...foundCampaignsQuery(words), placeholderData: (before) => before })
  const { data: people } = useQuery({ ...foundContactsQuery(words), placeholderData: (before) => before })
  const { data: calls } = useQuery({ ...foundCallsQuery(words), placeholderData: (before) => before })
  const pages = places
    .map(({ to, label, icon }): Hit & { label: string } => ({ id: to, icon, label: t(label), to: { to } }))
    .filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
  const found = (campaigns?.data ?? []).map(({ id, name, number, status }) => ({
    ...{ id, icon: Megaphone, label: t('palette.campaign', { name, number }) },
    aside: t(`campaigns.status.${status}`),
    to: { to: urls.campaign, params: { id } },
  }))
  if (words === '') return [...pages, ...found]
  return [
    ...pages,
    ...found,
    ...(people?.data ?? []).map(({ id, full_name, phones: [phone] }) => ({
      ...{ id, icon: ContactRound, label: full_name || t('contacts.unnamed') },
      aside: phone && <PhoneNumber e164={phone.number} />,
      to: { to: urls.contact, params: { id } },
    })),
    ...(calls?.data ?? []).map(({ id, number, contact_name, to_number, initiated_at }) => ({
      ...{ id, icon: PhoneOutgoing, label: t('palette.call', { number, name: contact_name ?? to_number ?? '' }) },
      aside: showAgo(initiated_at),
      to: { to: urls.call, params: { id } },
    })),
  ]
}

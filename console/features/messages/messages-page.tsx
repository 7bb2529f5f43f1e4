import { useQuery } from '@tanstack/react-query'
import { Plus, Voicemail } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { type VoicemailDrop, voicemailDropsQuery } from '../../api/voicemail-drops.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { MessageCard } from './message-card.tsx'
import { MessageDialog } from './message-dialog.tsx'

/** What is left on answering machines, by agents and by campaigns. */
export function MessagesPage() {
  const { t } = useTranslation()
  const list = useQuery(voicemailDropsQuery)
  const [editing, setEditing] = useState<VoicemailDrop | 'new' | null>(null)
  const notMine = useBarred()('voicemail-drops.write')
  const add = (
    <Button look="primary" barred={notMine} onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      {t('messages.add')}
    </Button>
  )
  return (
    <Page title={t('places.messages')} aside={add}>
      <Loaded of={list}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={Voicemail} title={t('messages.none')}>
              {t('messages.noneMore')}
            </Empty>
          ) : (
            <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2 2xl:grid-cols-3">
              {data.map((drop) => (
                <MessageCard key={drop.id} drop={drop} notMine={notMine} onEdit={() => setEditing(drop)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing && <MessageDialog drop={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

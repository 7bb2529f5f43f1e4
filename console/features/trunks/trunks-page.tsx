import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { isOurs, limitsQuery, type Trunk, trunksQuery } from '../../api/trunks.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { TrunkCard } from './trunk-card.tsx'
import { TrunkDialog } from './trunk-dialog.tsx'

/** The accounts at carriers that calls go out over, and the numbers that they show. */
export function TrunksPage() {
  const { t } = useTranslation()
  const barred = useBarred()
  const trunks = useQuery(trunksQuery)
  const limits = useQuery(limitsQuery)
  const [editing, setEditing] = useState<Trunk | 'new' | null>(null)
  const add = (
    <Button look="primary" barred={barred('trunks.write')} onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      {t('trunks.add')}
    </Button>
  )
  return (
    <Page title={t('places.trunks')} aside={add}>
      <Loaded of={trunks}>
        {({ data }) => (
          <ul className="grid grid-cols-1 gap-4 xl:grid-cols-2">
            {data.filter(isOurs).map((trunk) => (
              <TrunkCard
                key={trunk.id}
                trunk={trunk}
                use={limits.data?.trunks.find(({ id }) => id === trunk.id) ?? null}
                onEdit={() => setEditing(trunk)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {editing && <TrunkDialog trunk={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

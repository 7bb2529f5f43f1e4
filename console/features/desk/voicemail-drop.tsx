import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronDown, Voicemail } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAudible, voicemailDropsQuery } from '../../api/voicemail-drops.ts'
import { urls } from '../../lib/urls.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Button } from '../../ui/button.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { Menu, MenuChoice } from '../../ui/menu.tsx'

const kept = 'outdial.voicemail-drop'

/** Leaves a recorded message, the one chosen last, and frees the agent at once. */
export function VoicemailDrop({ barred, onDrop }: { barred: string | null; onDrop: (id: string) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(voicemailDropsQuery)
  const [chosen, setChosen] = useState(() => localStorage.getItem(kept))
  const drops = data?.data.filter(isAudible) ?? []
  const drop = drops.find(({ id }) => id === chosen) ?? drops[0]
  const choose = (id: string) => {
    localStorage.setItem(kept, id)
    setChosen(id)
  }
  return (
    <div className="col-span-2 flex min-w-0 [&>button:first-child]:flex-1">
      <ActButton
        id="desk.v"
        keyOf="v"
        icon={Voicemail}
        label={drop?.name ?? t('desk.act.voicemail_drop')}
        barred={barred ?? (drop ? null : t('desk.barred.noDrop'))}
        run={() => drop && onDrop(drop.id)}
      />
      {data && drops.length === 0 && (
        // The page may be the phone of this call: it stays.
        <Link to={urls.messages} target="_blank" className={clsx(buttonLook('quiet', 'small'), 'ms-1 underline')}>
          {t('places.messages')}
        </Link>
      )}
      {drops.length > 1 && (
        <Menu
          trigger={
            <Button size="icon" className="ms-1 w-7!" aria-label={t('desk.chooseDrop')}>
              <ChevronDown aria-hidden className="size-4" />
            </Button>
          }
        >
          <MenuChoice
            value={drop?.id ?? ''}
            options={drops.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={choose}
          />
        </Menu>
      )}
    </div>
  )
}

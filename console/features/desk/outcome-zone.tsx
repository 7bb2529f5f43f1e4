import { useQuery } from '@tanstack/react-query'
import { ClipboardList } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { callInHandQuery, notesOfCallQuery } from '../../api/calls-in-hand.ts'
import type { Me } from '../../api/me.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/states.tsx'
import { NoteBox } from './note-box.tsx'
import { Outcome } from './outcome.tsx'
import type { Desk } from './use-desk.ts'
import { useNote } from './use-note.ts'

interface OutcomeZoneProps {
  me: Me
  desk: Desk
  /** The call in hand, or the one before: a wrong choice is corrected there. */
  pop: ScreenPop | null
}

/** What came of the call, and what is to be remembered of it. */
export function OutcomeZone({ me, desk, pop }: OutcomeZoneProps) {
  const { t } = useTranslation()
  const id = pop?.call_id ?? ''
  // Read once for each time that it is written on, and never from before: another tab may have written meanwhile.
  const notes = useQuery({ ...notesOfCallQuery(id), enabled: id !== '', gcTime: 0, refetchOnWindowFocus: false })
  if (pop === null) {
    return (
      <Empty icon={ClipboardList} title={t('desk.outcome.noCall')}>
        {t('desk.outcome.noCallMore')}
      </Empty>
    )
  }
  return (
    <>
      {desk.session.call_id !== id && (
        <p className="text-sm text-ink-soft">
          {t('desk.outcome.last')} <bdi className="font-medium text-ink">{pop.contact?.full_name || pop.number}</bdi>
        </p>
      )}
      <Loaded of={notes}>
        {({ data }) => (
          <Written
            desk={desk}
            pop={pop}
            before={data.find(({ author_user_id }) => author_user_id === me.user.id) ?? null}
          />
        )}
      </Loaded>
    </>
  )
}

function Written({
  desk,
  pop,
  before,
}: {
  desk: Desk
  pop: ScreenPop
  before: { id: string; content: string } | null
}) {
  const note = useNote(pop.call_id, before, desk)
  const call = useQuery(callInHandQuery(pop.call_id))
  return (
    <>
      <NoteBox draft={note} />
      <Outcome desk={desk} pop={pop} note={note.text} said={call.data?.disposition ?? null} />
    </>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { CalendarClock, Check } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { dispose, type Said, saidQuery } from '../../api/calls-in-hand.ts'
import { type Disposition, dispositionsQuery } from '../../api/dispositions.ts'
import { showMoment } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { OutcomeForm } from './outcome-form.tsx'
import type { Desk } from './use-desk.ts'

interface OutcomeProps {
  desk: Desk
  pop: ScreenPop
  note: string
  /** The key of what was said already. */
  said: string | null
}

/** What the call meant: by a key, by search, and corrected as it was said. */
export function Outcome({ desk, pop, note, said }: OutcomeProps) {
  const { t } = useTranslation()
  const list = useQuery(dispositionsQuery(false))
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-sm font-medium">{t('desk.outcome.label')}</h2>
      {said !== null && <AlreadySaid callId={pop.call_id} />}
      <Loaded of={list}>
        {({ data }) => <Choices key={said} desk={desk} pop={pop} note={note} said={said} choices={data} />}
      </Loaded>
    </div>
  )
}

function AlreadySaid({ callId }: { callId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(saidQuery(callId))
  if (!data) return null
  return (
    <p role="status" className="rounded-lg bg-good-soft px-3 py-2 text-sm">
      <span className="flex items-center gap-1.5 font-medium text-good">
        <Check aria-hidden className="size-4 shrink-0" />
        {data.name}
      </span>
      {data.callback_at && (
        <span className="block">{t('desk.outcome.promised', { when: showMoment(data.callback_at) })}</span>
      )}
      <span className="block text-ink-soft">
        {t('desk.outcome.correctable', { until: showMoment(data.correctable_until) })}
      </span>
    </p>
  )
}

function Choices({ desk, pop, note, said, choices }: OutcomeProps & { choices: Disposition[] }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Disposition | null>(null)
  const [words, setWords] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const { mutate, isPending } = useMutation({
    mutationFn: (body: Said) => dispose(pop.call_id, body),
    onError: tellRefusal,
  })
  const choose = (choice: Disposition) => {
    const missing = choice.required_fields.some((field) => field !== 'note' || note.trim() === '')
    if (missing || choice.blocks_number) setAsking(choice)
    else if (!isPending) mutate({ disposition: choice.key, ...(note.trim() !== '' && { note }) })
  }
  const callback = choices.find(({ required_fields }) => required_fields.includes('callback_at'))
  const search = () => box.current?.querySelector('input')?.focus()
  const keys = [
    ...choices.slice(0, 9).map((choice, place) => ({
      id: `desk.outcome.${place + 1}`,
      key: String(place + 1),
      label: choice.name,
      run: () => choose(choice),
    })),
    { id: 'desk.outcome.0', key: '0', label: t('desk.outcome.search'), run: search },
    ...(callback ? [{ id: 'desk.c', key: 'c', label: callback.name, run: () => setAsking(callback) }] : []),
  ]
  // While something is asked, a digit would be another answer than the one that is being given.
  useKeys(asking ? [] : keys)
  if (asking) return <OutcomeForm desk={desk} pop={pop} note={note} choice={asking} onDone={() => setAsking(null)} />
  const shown = choices.filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(words.toLowerCase()))
  return (
    <div ref={box} className="flex flex-col gap-2">
      <SearchBox label={t('desk.outcome.search')} value={words} onSearch={setWords} className="block" />
      <ul className="grid">
        {shown.map((choice) => {
          const place = choices.indexOf(choice) + 1
          return (
            <li key={choice.id}>
              <Button
                look="quiet"
                size="small"
                aria-pressed={choice.key === said}
                className={clsx('h-7! w-full justify-start! text-ink!', choice.key === said && 'bg-good-soft')}
                onClick={() => choose(choice)}
              >
                <kbd aria-hidden className="w-4 text-center text-xs text-ink-soft">
                  {place <= 9 ? place : ''}
                </kbd>
                <span className="truncate">{choice.name}</span>
                {choice === callback && <CalendarClock aria-hidden className="ms-auto size-4 text-ink-soft" />}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

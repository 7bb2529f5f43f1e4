import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentState, ScreenPop } from '../../api/agent-frames.ts'
import { tell } from '../../ui/tell.ts'
import type { Desk } from './use-desk.ts'

/** Says to whoever does not see the screen that a call begins, ends, is wrapped up; and shows what supervisors say. */
export function Announcer({ desk, pop }: { desk: Desk; pop: ScreenPop | null }) {
  const { t } = useTranslation()
  const { session, messages, due, link } = desk
  const [said, setSaid] = useState('')
  const before = useRef<AgentState>(session.state)
  const name = pop?.contact?.full_name || pop?.number || ''
  useEffect(() => {
    const from = before.current
    before.current = session.state
    if (from === session.state) return
    if (session.state === 'on_call') setSaid(t('desk.said.call', { name }))
    else if (session.state === 'wrap_up') setSaid(t('desk.said.wrapUp'))
    else if (session.state === 'reserved') setSaid(t('desk.said.reserved'))
    else setSaid(t(`agentState.${session.state}`))
  }, [session.state, name, t])
  useEffect(() => {
    if (link === 'broken') setSaid(t('desk.said.broken'))
  }, [link, t])
  const last = messages.at(-1)
  useEffect(() => {
    if (last)
      tell('info', t('desk.said.message'), { id: `message-${last.seq}`, description: last.text, duration: 60_000 })
  }, [last, t])
  useEffect(() => {
    if (!due) return
    const description = t('desk.said.dueMore', { name: due.full_name, time: due.local_time.slice(11), note: due.note })
    tell('warning', t('desk.said.due'), { id: due.callback_id, description, duration: 60_000 })
  }, [due, t])
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {link !== 'open' && (
        <p role="alert" className="rounded-lg bg-warn-soft px-3 py-2 text-sm font-medium text-warn">
          {t('desk.broken')}
        </p>
      )}
    </>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { Coffee, Headphones, LogOut, MessageSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Order, orderAgent } from '../../api/agent-sessions.ts'
import { type JoinHow, joinCall, possibleActsQuery } from '../../api/calls-in-hand.ts'
import type { Me } from '../../api/me.ts'
import { breakReasonsOf, isUsual } from '../../lib/break-reasons.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { useSoftphone } from '../../ui/use-softphone.ts'
import type { Seen } from './attention.ts'
import { MessageDialog } from './message-dialog.tsx'
import { hows, OwnJoinBar } from './own-join-bar.tsx'
import { SignOffDialog } from './sign-off-dialog.tsx'
import type { OwnJoin } from './use-own-join.ts'

interface SupervisionProps {
  me: Me
  /** Whom the supervisor has chosen. */
  session: Seen | null
  sessions: readonly Seen[]
  join: OwnJoin | null
}

/** What a supervisor does with the agent who is chosen, and the call that they are in themselves: always in sight. */
export function Supervision({ me, session, sessions, join }: SupervisionProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'message' | 'signOff' | null>(null)
  const may = me.may.includes('agent-sessions.supervise')
  const phone = useSoftphone({ as: 'supervisor', on: may && (session !== null || join !== null), audio: () => true })
  const trunk = session?.leg?.trunk_id ?? ''
  const possible = useQuery({ ...possibleActsQuery(trunk), enabled: trunk !== '' && may })
  const joining = useMutation({
    mutationFn: ({ call_id, act }: { call_id: string; act: JoinHow | 'leave' }) => joinCall(call_id, act),
    onError: tellRefusal,
  })
  const order = useMutation({
    mutationFn: (wanted: Order) => orderAgent(session?.id ?? '', wanted),
    onSuccess: (moved) => tell('success', t('wallboard.ordered', { name: moved.agent_name })),
    onError: tellRefusal,
  })
  const barredTo = (how: JoinHow): string | null => {
    if (!may) return t('wallboard.barred.role')
    if (session === null) return t('wallboard.barred.choose')
    if (session.state !== 'on_call') return t('wallboard.barred.noCall')
    if (join !== null && join.call_id !== session.call_id) return t('wallboard.barred.other')
    if (join?.how === how) return t('wallboard.barred.already')
    // Until it is known what the carrier can do, the server says.
    return (possible.data?.acts.includes(how) ?? true) ? null : t('wallboard.barred.carrier')
  }
  const barred = !may ? t('wallboard.barred.role') : session === null ? t('wallboard.barred.choose') : null
  return (
    <section
      aria-label={t('wallboard.supervision')}
      className="sticky top-14 z-10 flex flex-col gap-3 rounded-xl border border-line bg-surface p-4"
    >
      {join && (
        <OwnJoinBar
          join={join}
          name={sessions.find(({ call_id }) => call_id === join.call_id)?.agent_name ?? ''}
          phones={phone.phones}
          onLeave={() => joining.mutate({ call_id: join.call_id, act: 'leave' })}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p className="me-2 font-medium">
          {session ? (
            <bdi>{session.agent_name}</bdi>
          ) : (
            <span className="text-ink-soft">{t('wallboard.barred.choose')}</span>
          )}
        </p>
        {(Object.keys(hows) as JoinHow[]).map((how) => (
          <ActButton
            key={how}
            id={`wallboard.${how}`}
            keyOf={hows[how].key}
            icon={hows[how].icon}
            label={t(`wallboard.how.${how}`)}
            barred={barredTo(how)}
            run={() => session?.call_id && joining.mutate({ call_id: session.call_id, act: how })}
          />
        ))}
        <span aria-hidden className="h-6 border-s border-line" />
        <Button size="small" barred={barred} onClick={() => setOpen('message')}>
          <MessageSquare aria-hidden className="size-4" />
          {t('wallboard.message')}
        </Button>
        <Button size="small" barred={barred} onClick={() => order.mutate({ order: 'ready' })}>
          <Headphones aria-hidden className="size-4" />
          {t('wallboard.ready')}
        </Button>
        {barred === null ? (
          <Menu
            trigger={
              <Button size="small">
                <Coffee aria-hidden className="size-4" />
                {t('wallboard.break')}
              </Button>
            }
          >
            {breakReasonsOf(me.workspace.break_reasons).map((reason) => (
              <MenuItem key={reason} icon={Coffee} onSelect={() => order.mutate({ order: 'break', reason })}>
                {isUsual(reason) ? t(`breakReason.${reason}`) : reason}
              </MenuItem>
            ))}
          </Menu>
        ) : (
          <Button size="small" barred={barred}>
            <Coffee aria-hidden className="size-4" />
            {t('wallboard.break')}
          </Button>
        )}
        <Button size="small" barred={barred} onClick={() => setOpen('signOff')}>
          <LogOut aria-hidden className="size-4" />
          {t('wallboard.signOff')}
        </Button>
      </div>
      {open === 'message' && session && <MessageDialog session={session} onClose={() => setOpen(null)} />}
      {open === 'signOff' && session && <SignOffDialog session={session} onClose={() => setOpen(null)} />}
    </section>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Coffee, Headphones, LogOut } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { totalsQuery } from '../../api/agent-sessions.ts'
import type { Me } from '../../api/me.ts'
import { breakReasonsOf, isUsual } from '../../lib/break-reasons.ts'
import { showAge, showCount } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { AgentStateBadge } from '../../ui/agent-state-badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Desk } from './use-desk.ts'

/** What the agent is doing and for how long, what they did so far, and what they may do next. */
export function StateBar({ me, desk }: { me: Me; desk: Desk }) {
  const { t } = useTranslation()
  const { session, want } = desk
  const { state, reason, next_state } = session
  const inHand = state === 'reserved' || state === 'on_call' || state === 'wrap_up'
  const readyBarred =
    state === 'available'
      ? t('desk.state.isReady')
      : state === 'reserved' || state === 'on_call'
        ? t('desk.state.inCall')
        : null
  const ready = () => want({ type: 'set_state', state: 'available' })
  useKeys([{ id: 'desk.ready', key: 'g', label: t('desk.key.ready'), run: () => readyBarred === null && ready() }])
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Totals desk={desk} />
      <span data-state={state} className="flex items-center gap-2">
        <AgentStateBadge state={state} reason={reason} />
        <StateAge desk={desk} />
      </span>
      {next_state !== null && (
        <Button size="small" onClick={ready}>
          {t(`desk.state.after.${next_state}`)}
        </Button>
      )}
      <Button
        look={state === 'break' || state === 'wrap_up' ? 'primary' : 'plain'}
        size="small"
        barred={readyBarred}
        onClick={ready}
      >
        <Headphones aria-hidden className="size-4" />
        {t('desk.state.ready')}
      </Button>
      <Menu
        trigger={
          <Button size="small">
            <Coffee aria-hidden className="size-4" />
            {t(inHand ? 'desk.state.breakAfter' : 'desk.state.break')}
          </Button>
        }
      >
        {breakReasonsOf(me.workspace.break_reasons).map((each) => (
          <MenuItem key={each} icon={Coffee} onSelect={() => want({ type: 'set_state', state: 'break', reason: each })}>
            {isUsual(each) ? t(`breakReason.${each}`) : each}
          </MenuItem>
        ))}
      </Menu>
      <Button look="quiet" size="small" onClick={() => want({ type: 'set_state', state: 'offline' })}>
        <LogOut aria-hidden className="size-4" />
        {t(inHand ? 'desk.state.signOffAfter' : 'desk.state.signOff')}
      </Button>
    </div>
  )
}

function StateAge({ desk: { session, ahead_ms } }: { desk: Desk }) {
  const now = useNow()
  // Timers are not announced: whoever listens would hear nothing else.
  return (
    <span role="timer" aria-live="off" className="font-medium">
      {showAge(now - ahead_ms - Date.parse(session.state_since))}
    </span>
  )
}

/** What the shift has come to so far, counted anew with each change of state. */
function Totals({ desk: { session } }: { desk: Desk }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const totals = totalsQuery(session.id)
  const { data } = useQuery(totals)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of state is a reason to count anew.
  useEffect(() => {
    queries.invalidateQueries({ queryKey: totals.queryKey })
  }, [session.state])
  if (!data) return null
  return (
    <p className="text-sm text-ink-soft">
      {t('desk.totals', {
        answered: showCount(data.answered),
        talk: showAge(data.talk_ms),
        rest: showAge(data.break_ms),
      })}
    </p>
  )
}

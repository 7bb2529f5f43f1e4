import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallAct, PossibleAct } from '../../api/agent-frames.ts'
import { doneActsQuery, possibleActsQuery } from '../../api/calls-in-hand.ts'
import { onLive } from '../../api/live.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { barredFrom } from './call-acts.ts'
import { standingOf } from './standing.ts'
import type { Desk } from './use-desk.ts'

/** The line that was muted in the call before: it would stay so, and the next person would hear nobody. */
const mutedLine = 'outdial.muted-line'

/** What was done with the call in hand, and what can be. A reload finds it all again: it is read from the server. */
export function useCallActs({ session, ask }: Desk) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const id = session.call_id ?? ''
  const line = session.leg?.id ?? ''
  const trunk = session.leg?.trunk_id ?? ''
  const done = useQuery({ ...doneActsQuery(id), enabled: id !== '' })
  const possible = useQuery({ ...possibleActsQuery(trunk), enabled: trunk !== '' })
  const standing = useMemo(() => standingOf(done.data?.data ?? []), [done.data])
  useEffect(
    // Supervisors act on the call, too.
    () =>
      onLive(
        'call.act',
        ({ call_id }) => call_id === id && queries.invalidateQueries({ queryKey: ['desk', 'acts', id] }),
      ),
    [id, queries],
  )
  const act = useCallback(
    (wanted: CallAct) => {
      const read = () => queries.invalidateQueries({ queryKey: ['desk', 'acts', id] })
      const note = () => {
        if (wanted.act === 'mute') sessionStorage.setItem(mutedLine, line)
        if (wanted.act === 'unmute') sessionStorage.removeItem(mutedLine)
      }
      ask({ type: 'act', do: wanted }).then(note).then(read, tellRefusal)
    },
    [ask, id, line, queries],
  )
  useEffect(() => {
    const left = sessionStorage.getItem(mutedLine) === line
    if (left && session.state === 'on_call' && done.data && !standing.muted) act({ act: 'unmute' })
  }, [line, session.state, done.data, standing.muted, act])
  const barred = (name: PossibleAct): string | null => {
    const reason = barredFrom(name, { state: session.state, standing, possible: possible.data?.acts ?? null })
    return reason && t(reason)
  }
  return { standing, act, barred }
}

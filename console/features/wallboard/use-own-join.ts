import { useEffect, useState } from 'react'
import type { AgentSession } from '../../api/agent-sessions.ts'
import type { JoinHow } from '../../api/calls-in-hand.ts'
import { onLive } from '../../api/live.ts'

export interface OwnJoin {
  call_id: string
  how: JoinHow
  state: 'opening' | 'joined'
}

/** The call that the supervisor is in, or about to be: by the events as they come, and after a reload by the board. */
export function useOwnJoin(userId: string, rows: readonly AgentSession[]): OwnJoin | null {
  const [told, setTold] = useState<OwnJoin | null | undefined>()
  useEffect(
    () =>
      onLive('call.join', ({ user_id, call_id, how, state }) => {
        if (user_id === userId) setTold(state === 'over' ? null : ({ call_id, how, state } as OwnJoin))
      }),
    [userId],
  )
  if (told !== undefined) return told
  for (const { call_id, joins } of rows) {
    const own = joins.find(({ user_id }) => user_id === userId)
    if (own && call_id !== null) return { call_id, how: own.how, state: own.state }
  }
  return null
}

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ClientFrame, OwnSession } from '../../api/agent-frames.ts'
import { ownSessionQuery } from '../../api/agent-sessions.ts'
import { type AgentSocket, type DeskState, openAgentSocket, silence } from '../../api/agent-socket.ts'
import { queries } from '../../api/queries.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'

/** The desk of an agent who is signed on. */
export interface Desk extends DeskState {
  session: OwnSession
  ask: AgentSocket['ask']
  /** Does it, or says why it was not done. */
  want: (frame: ClientFrame) => void
}

/** Null until the server has said how the session stands. */
export function useDesk(agentId: string): Desk | null {
  const [socket, setSocket] = useState<AgentSocket | null>(null)
  useEffect(() => {
    const opened = openAgentSocket(() => queries.invalidateQueries({ queryKey: ownSessionQuery(agentId).queryKey }))
    setSocket(opened)
    return () => {
      opened.close()
      setSocket(null)
    }
  }, [agentId])
  const subscribe = useCallback((listener: () => void) => socket?.subscribe(listener) ?? (() => {}), [socket])
  const state = useSyncExternalStore(subscribe, () => socket?.read() ?? silence)
  return useMemo(() => {
    const { session } = state
    if (socket === null || session === null) return null
    return { ...state, session, ask: socket.ask, want: (frame) => void socket.ask(frame).catch(tellRefusal) }
  }, [socket, state])
}

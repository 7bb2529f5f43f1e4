import { Loader, Wifi, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type LiveState, useLiveState } from '../api/live.ts'
import { Badge } from '../ui/badge.tsx'
import { useNow } from '../ui/use-now.ts'

/** After so long without the stream what is shown may be wrong. */
const staleMs = 30_000

/** Whether what is seen is what is: told, not guessed. */
export function LiveBadge() {
  const state = useLiveState()
  return (
    <span data-live={state.as}>
      <LiveWord state={state} />
    </span>
  )
}

function LiveWord({ state }: { state: LiveState }) {
  const { t } = useTranslation()
  const now = useNow(state.as === 'broken')
  if (state.as === 'connected') {
    return (
      <Badge tone="good" icon={Wifi}>
        {t('live.connected')}
      </Badge>
    )
  }
  if (state.as === 'connecting') {
    return (
      <Badge tone="quiet" icon={Loader}>
        {t('live.connecting')}
      </Badge>
    )
  }
  const stale = now - state.since > staleMs
  return (
    <Badge tone={stale ? 'bad' : 'warn'} icon={WifiOff}>
      {t(stale ? 'live.stale' : 'live.reconnecting', { count: Math.max(0, Math.round((now - state.since) / 1000)) })}
    </Badge>
  )
}

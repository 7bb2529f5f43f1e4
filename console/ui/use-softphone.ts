import { useEffect, useRef, useState } from 'react'
import { Refused } from '../api/client.ts'
import { makePhoneAccounts } from '../api/phone-accounts.ts'
import type { PhoneState, Softphone } from '../lib/softphone.ts'

/** `none`: no carrier takes phones, so that nobody needs one here. */
type State = PhoneState | 'none' | 'failed'

export interface OwnPhone {
  state: State
  phones: Softphone[]
}

interface Options {
  as: 'agent' | 'supervisor'
  on: boolean
  audio: () => MediaTrackConstraints | true
}

/** One's own phone in this page, where a carrier takes phones; its library is loaded only then. */
export function useSoftphone({ as, on, audio }: Options): OwnPhone {
  const [state, setState] = useState<State>('connecting')
  const [phones, setPhones] = useState<Softphone[]>([])
  const heard = useRef(audio)
  heard.current = audio
  useEffect(() => {
    if (!on) return
    let left = false
    let started: Softphone[] = []
    const start = async () => {
      const accounts = await makePhoneAccounts(as)
      const { startSoftphone } = await import('../lib/softphone.ts')
      if (left) return
      started = accounts.map((account) =>
        startSoftphone({
          account,
          renew: async () => (await makePhoneAccounts(as)).find(({ trunk_id }) => trunk_id === account.trunk_id),
          audio: () => heard.current(),
          muted: as === 'supervisor',
          onState: setState,
        }),
      )
      setPhones(started)
    }
    start().catch((error) => {
      if (!(error instanceof Refused)) throw error
      setState(error.problem?.status === 409 ? 'none' : 'failed')
    })
    return () => {
      left = true
      for (const phone of started) phone.stop()
      setPhones([])
    }
  }, [as, on])
  return { state, phones }
}

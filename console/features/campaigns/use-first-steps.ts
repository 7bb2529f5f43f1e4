import { useQuery } from '@tanstack/react-query'
import { startedCampaignQuery } from '../../api/campaigns.ts'
import { anyContactQuery } from '../../api/contacts.ts'
import type { Me } from '../../api/me.ts'
import { scriptsQuery } from '../../api/scripts.ts'
import { isReal, rangOverQuery, trunksQuery } from '../../api/trunks.ts'
import { membersQuery } from '../../api/users.ts'
import { urls } from '../../lib/urls.ts'

export interface FirstStep {
  name: 'people' | 'script' | 'trunk' | 'callerId' | 'hours' | 'agents' | 'start'
  to: (typeof urls)['imports' | 'scripts' | 'trunks' | 'workspace' | 'users' | 'campaigns']
  done: boolean
  /** What its user has to be allowed. */
  needs: Me['may'][number]
}

interface FoundSteps {
  /** Null until all of it is known. */
  steps: FirstStep[] | null
  error: Error | null
  retry: () => void
}

/** The first steps, each as the server's own records show it; `hours`: the workspace has calling hours of its own. */
export function useFirstSteps(hours: boolean): FoundSteps {
  const people = useQuery(anyContactQuery)
  const scripts = useQuery(scriptsQuery)
  const trunks = useQuery(trunksQuery)
  const members = useQuery(membersQuery)
  const started = useQuery(startedCampaignQuery)
  const real = trunks.data?.data.filter(isReal) ?? []
  const ids = real.map(({ id }) => id)
  const rang = useQuery({ ...rangOverQuery(ids), enabled: trunks.isSuccess })
  const asked = [people, scripts, trunks, members, started, rang]
  const retry = () => {
    for (const each of asked) each.refetch()
  }
  const error = asked.find((each) => each.error)?.error ?? null
  if (!(people.data && scripts.data && members.data && started.data && rang.data !== undefined)) {
    return { steps: null, error, retry }
  }
  const steps: FirstStep[] = [
    { name: 'people', to: urls.imports, needs: 'imports.write', done: people.data.data.length > 0 },
    { name: 'script', to: urls.scripts, needs: 'scripts.write', done: scripts.data.data.length > 0 },
    { name: 'trunk', to: urls.trunks, needs: 'trunks.write', done: rang.data },
    {
      ...{ name: 'callerId', to: urls.trunks, needs: 'trunks.write' },
      done: real.some(({ caller_ids }) => caller_ids.length > 0),
    },
    { name: 'hours', to: urls.workspace, needs: 'workspaces.write', done: hours },
    {
      ...{ name: 'agents', to: urls.users, needs: 'users.write' },
      done: members.data.data.some(({ role }) => role === 'agent'),
    },
    { name: 'start', to: urls.campaigns, needs: 'campaigns.write', done: started.data.data.length > 0 },
  ]
  return { steps, error, retry }
}

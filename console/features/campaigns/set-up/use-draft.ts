import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Campaign, type CampaignChange, changeCampaign } from '../../../api/campaigns.ts'
import { Refused } from '../../../api/client.ts'

export interface Draft {
  campaign: Campaign
  /** Keeps what was typed, as soon as a field is left: nobody has to save. */
  keep: (change: CampaignChange) => void
  keeping: boolean
  /** Something that was typed was not taken, and has not been mended since. */
  refused: boolean
  /** What the server says of a field that it did not take. */
  faultOf: (field: keyof CampaignChange) => string | undefined
  /** What it says that concerns no field. */
  fault: string | null
}

/** A campaign that is being set up: each change is kept by the server at once. */
export function useDraft(campaign: Campaign): Draft {
  const { t } = useTranslation()
  // By the fields of the change that was refused: the next one of these takes it away, and no other.
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Error>>(new Map())
  const mark = (change: CampaignChange, error: Error | null) =>
    setRefusals((before) => {
      const after = new Map(before)
      for (const field of Object.keys(change)) {
        if (error) after.set(field, error)
        else after.delete(field)
      }
      return after
    })
  const { mutate, isPending } = useMutation({
    mutationFn: (change: CampaignChange) => changeCampaign(campaign.id, change),
    scope: { id: campaign.id },
    onSuccess: (_, change) => mark(change, null),
    onError: (error, change) => mark(change, error),
  })
  useEffect(() => {
    if (!isPending) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isPending])
  const errors = [...new Set(refusals.values())]
  const faults = errors.flatMap((error) => (error instanceof Refused ? (error.problem?.errors ?? []) : []))
  const general = errors.find((error) => !(error instanceof Refused && error.problem?.errors?.length))
  const problem = general instanceof Refused ? general.problem : null
  return {
    campaign,
    keep: mutate,
    keeping: isPending,
    refused: errors.length > 0,
    faultOf: (field) => faults.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message,
    fault: general === undefined ? null : (problem?.detail ?? problem?.title ?? t('failed.unreachable')),
  }
}

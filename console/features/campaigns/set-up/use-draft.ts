import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Campaign, type CampaignChange, changeCampaign } from '../../../api/campaigns.ts'
import { Refused } from '../../../api/client.ts'

export interface Draft {
  campaign: Campaign
  /** Keeps what was typed, as soon as a field is left: nobody has to save. */
  keep: (change: CampaignChange) => void
  keeping: boolean
  /** The last change was not taken. */
  refused: boolean
  /** What the server says of a field that it did not take. */
  faultOf: (field: keyof CampaignChange) => string | undefined
  /** What it says that concerns no field. */
  fault: string | null
}

/** A campaign that is being set up: each change is kept by the server at once. */
export function useDraft(campaign: Campaign): Draft {
  const { t } = useTranslation()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: CampaignChange) => changeCampaign(campaign.id, change),
    scope: { id: campaign.id },
  })
  const problem = error instanceof Refused ? error.problem : null
  const faults = problem?.errors ?? []
  return {
    campaign,
    keep: mutate,
    keeping: isPending,
    refused: error !== null,
    faultOf: (field) => faults.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message,
    fault: error === null || faults.length > 0 ? null : (problem?.detail ?? problem?.title ?? t('failed.unreachable')),
  }
}

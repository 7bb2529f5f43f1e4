import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { actOn, type Campaign, type CampaignAct } from '../../api/campaigns.ts'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'

/** Acts on a campaign and says what became of it. */
export function useAct(campaign: Pick<Campaign, 'id' | 'name'>) {
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (act: CampaignAct) => actOn(campaign.id, act),
    onSuccess: (moved) => {
      tell('success', t(`campaigns.became.${moved.status}`, { name: campaign.name }))
    },
    onError: tellRefusal,
  })
}

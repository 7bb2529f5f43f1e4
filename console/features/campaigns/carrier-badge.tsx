import { FlaskConical, RadioTower } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../api/campaigns.ts'
import { Badge } from '../../ui/badge.tsx'

/** Whether a campaign's calls ring anybody. */
export function CarrierBadge({ rehearses }: Pick<Campaign, 'rehearses'>) {
  const { t } = useTranslation()
  return rehearses ? (
    <Badge tone="info" icon={FlaskConical}>
      {t('campaigns.simulated')}
    </Badge>
  ) : (
    <Badge tone="good" icon={RadioTower}>
      {t('campaigns.ringsPeople')}
    </Badge>
  )
}

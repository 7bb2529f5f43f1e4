import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Campaign, dryRunQuery } from '../../api/campaigns.ts'
import { useBarred } from '../../api/me.ts'
import { trunksQuery } from '../../api/trunks.ts'
import { isolate, showCount } from '../../lib/format.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

interface StartDialogProps {
  campaign: Campaign
  onConfirm: () => void
  onClose: () => void
}

/** Asks before real phones ring: how many, and over which trunk. */
export function StartDialog({ campaign, onConfirm, onClose }: StartDialogProps) {
  const { t } = useTranslation()
  const barred = useBarred()('campaigns.write')
  const found = useQuery(dryRunQuery(campaign.id))
  const trunks = useQuery({ ...trunksQuery, enabled: barred === null })
  const { name, trunk_id, trunk_choice } = campaign
  const trunk = trunks.data?.data.find(({ id, is_default }) => (trunk_id === null ? is_default : id === trunk_id))
  const over = trunk_choice === 'least_cost' ? t('campaigns.cheapestTrunk') : isolate(trunk?.name ?? '')
  const error = found.error ?? trunks.error
  const known = found.data && trunks.data
  const text = known
    ? t('campaigns.askMore.start', {
        now: showCount(found.data.leads.now),
        later: showCount(found.data.leads.later),
        trunk: over,
      })
    : (barred ?? error?.message ?? t('loading'))
  return (
    <ConfirmDialog
      title={t('campaigns.ask.start', { name })}
      text={text}
      confirm={t('campaigns.act.start')}
      barred={known ? null : text}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}

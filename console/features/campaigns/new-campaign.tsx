import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { makeDraft } from '../../api/campaigns.ts'
import { showDay } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'

/** Begins a draft, which is kept from the first moment, and goes on to set it up. */
export function NewCampaign() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { mutate, isPending } = useMutation({
    mutationFn: () => makeDraft(t('campaigns.newName', { day: showDay(new Date()) })),
    onSuccess: ({ id }) => navigate({ to: urls.setUp, params: { id } }),
    onError: tellRefusal,
  })
  return (
    <Button look="primary" barred={isPending ? t('campaigns.underWay') : null} onClick={() => mutate()}>
      <Plus aria-hidden className="size-4" />
      {t('campaigns.new')}
    </Button>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Headset } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { makeAgent } from '../../api/agents.ts'
import type { Me } from '../../api/me.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'

/** Whoever is signed in is nobody's agent yet. */
export function NoAgent({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { mutate, isPending } = useMutation({
    mutationFn: () => makeAgent({ name: me.user.name, user_id: me.user.id }),
    onError: tellRefusal,
  })
  const may = me.may.includes('agents.write')
  const barred = may ? (isPending ? t('loading') : null) : t('desk.noAgent.barred')
  return (
    <Empty icon={Headset} title={t('desk.noAgent.title')}>
      <p className="mb-4">{t('desk.noAgent.more')}</p>
      <Button look="primary" barred={barred} onClick={() => mutate()}>
        {t('desk.noAgent.make')}
      </Button>
    </Empty>
  )
}

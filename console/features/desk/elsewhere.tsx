import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/states.tsx'

/** The calls are shown in another tab of this browser, or on another device. */
export function Elsewhere({ where, onTake }: { where: 'tab' | 'device'; onTake: () => void }) {
  const { t } = useTranslation()
  return (
    <Empty icon={MonitorSmartphone} title={t(`desk.elsewhere.${where}`)}>
      <p className="mb-4">{t('desk.elsewhere.more')}</p>
      <Button look="primary" onClick={onTake}>
        {t('desk.elsewhere.take')}
      </Button>
    </Empty>
  )
}

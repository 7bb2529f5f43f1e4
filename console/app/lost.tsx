import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { urls } from '../lib/urls.ts'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

/** An address that leads nowhere. */
export function Lost() {
  const { t } = useTranslation()
  return (
    <Page title={t('lost.title')}>
      <Empty icon={Compass} title={t('lost.said')}>
        <Link to={urls.campaigns} className="text-accent underline">
          {t('lost.back')}
        </Link>
      </Empty>
    </Page>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readMe } from '../api/me.ts'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'
import { tellRefusal } from '../ui/tell-refusal.ts'

/** Stands for a page whose code did not come, such as after a new version of the server, or that failed while it was drawn. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { mutate } = useMutation({
    // Without the server nothing would come, and what stands around the page would be lost, too.
    mutationFn: readMe,
    onSuccess: () => location.reload(),
    onError: tellRefusal,
  })
  return (
    <Page title={t('failed.page')}>
      <Failed error={error} retry={mutate} />
    </Page>
  )
}

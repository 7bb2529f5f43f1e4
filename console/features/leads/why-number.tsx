import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactabilityQuery } from '../../api/contactability.ts'
import { queries } from '../../api/queries.ts'
import { Button } from '../../ui/button.tsx'
import { control } from '../../ui/field.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { Verdict } from '../contactability/verdict.tsx'

interface WhyNumberProps {
  campaign: string
  /** The number stands in the campaign, as this lead. */
  onFound: (lead: string) => void
}

/** May this number be called by the campaign, whether it is on its list or not? */
export function WhyNumber({ campaign, onFound }: WhyNumberProps) {
  const { t } = useTranslation()
  const id = useId()
  const [written, setWritten] = useState('')
  const { mutate, data, reset } = useMutation({
    mutationFn: () => queries.fetchQuery({ ...contactabilityQuery(written.trim(), campaign), staleTime: 0 }),
    onSuccess: ({ lead_id }) => lead_id !== null && onFound(lead_id),
    onError: tellRefusal,
  })
  return (
    <form
      className="flex w-full gap-2 sm:w-80"
      onSubmit={(event) => {
        event.preventDefault()
        if (written.trim() !== '') mutate()
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('leads.whyNumber')}
      </label>
      <input
        id={id}
        type="search"
        inputMode="tel"
        value={written}
        placeholder={t('leads.whyNumber')}
        onChange={({ target }) => setWritten(target.value)}
        className={`${control} h-9 py-1`}
      />
      <Button type="submit" barred={written.trim() === '' ? t('leads.whyFirst') : null}>
        {t('leads.ask')}
      </Button>
      {data && data.lead_id === null && (
        <SidePanel title={data.number} onClose={reset}>
          <p className="text-sm text-ink-soft">{t('leads.notOnList')}</p>
          <Verdict verdict={data} />
        </SidePanel>
      )}
    </form>
  )
}

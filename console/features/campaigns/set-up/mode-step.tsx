import { useTranslation } from 'react-i18next'
import { ChoiceCards } from '../../../ui/choice-cards.tsx'
import { CrewFields } from './crew-fields.tsx'
import type { Draft } from './use-draft.ts'

const modes = ['preview', 'progressive', 'power', 'predictive', 'manual', 'ai', 'broadcast'] as const

/** Who talks, and who decides when the next call leaves. */
export function ModeStep({ draft }: { draft: Draft }) {
  const { campaign, keep, faultOf } = draft
  const { t } = useTranslation()
  const options = modes.map((value) => ({
    value,
    title: t(`campaigns.mode.${value}`),
    text: t(`setUp.modeText.${value}`),
  }))
  const purposes = (['marketing', 'information'] as const).map((value) => ({
    value,
    title: t(`setUp.purpose.${value}`),
    text: t(`setUp.purposeText.${value}`),
  }))
  return (
    <>
      <ChoiceCards
        label={t('setUp.step.mode')}
        value={campaign.mode}
        options={options}
        onChoose={(mode) => keep({ mode })}
      />
      {faultOf('mode') && <p className="font-medium text-bad">{faultOf('mode')}</p>}
      {campaign.mode !== 'broadcast' && (
        <>
          <h3 className="font-semibold">{t('campaigns.callers')}</h3>
          <CrewFields key={campaign.mode === 'ai' ? 'ai' : 'human'} draft={draft} />
        </>
      )}
      <h3 className="font-semibold">{t('setUp.purposeLabel')}</h3>
      <ChoiceCards
        label={t('setUp.purposeLabel')}
        value={campaign.purpose}
        options={purposes}
        onChoose={(purpose) => keep({ purpose })}
      />
    </>
  )
}

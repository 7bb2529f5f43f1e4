import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { scriptsQuery } from '../../../api/scripts.ts'
import { SelectField, TextAreaField, TextField } from '../../../ui/field.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import type { Draft } from './use-draft.ts'

/** What is said. */
export function ScriptStep({ draft: { campaign, keep, faultOf } }: { draft: Draft }) {
  const { t } = useTranslation()
  const scripts = useQuery(scriptsQuery)
  return (
    <>
      <TextField
        label={t('setUp.consentLine')}
        hint={t('setUp.consentLineHint')}
        error={faultOf('consent_line')}
        defaultValue={campaign.consent_line}
        maxLength={1000}
        onBlur={({ target }) => target.value !== campaign.consent_line && keep({ consent_line: target.value })}
      />
      <Loaded of={scripts} shape={false}>
        {({ data }) =>
          data.length > 0 && (
            <SelectField
              label={t('setUp.readOut')}
              hint={t('setUp.readOutHint')}
              options={[
                { value: '', label: t('setUp.ownText') },
                ...data.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              defaultValue={campaign.script_id ?? ''}
              onChange={({ target }) => keep({ script_id: target.value || null })}
            />
          )
        }
      </Loaded>
      <TextAreaField
        label={t('setUp.script')}
        hint={t('setUp.scriptHint')}
        error={faultOf('script')}
        defaultValue={campaign.script}
        onBlur={({ target }) => target.value !== campaign.script && keep({ script: target.value })}
      />
      <TextField
        label={t('setUp.nextAction')}
        hint={t('setUp.nextActionHint')}
        error={faultOf('next_action')}
        defaultValue={campaign.next_action}
        maxLength={2000}
        onBlur={({ target }) => target.value !== campaign.next_action && keep({ next_action: target.value })}
      />
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { voicemailDropsQuery } from '../../../api/voicemail-drops.ts'
import { urls } from '../../../lib/urls.ts'
import { CheckField, SelectField } from '../../../ui/field.tsx'
import type { Draft } from './use-draft.ts'

/** What is done when a machine answers. */
export function MachineFields({ draft: { campaign, keep, faultOf } }: { draft: Draft }) {
  const { t } = useTranslation()
  const { data } = useQuery(voicemailDropsQuery)
  const drops = data?.data ?? []
  const leaving = drops.map(({ id, name }) => ({ value: id, label: t('setUp.onMachine.leave', { name }) }))
  return (
    <>
      <CheckField
        label={t('setUp.detectsMachines')}
        hint={t('setUp.detectsMachinesHint')}
        defaultChecked={campaign.detects_machines}
        onChange={({ target }) => keep({ detects_machines: target.checked })}
      />
      <SelectField
        label={t('setUp.onMachine.label')}
        hint={t('setUp.onMachine.hint')}
        error={faultOf('on_machine') ?? faultOf('voicemail_drop_id')}
        value={campaign.on_machine === 'leave_message' ? (campaign.voicemail_drop_id ?? '') : campaign.on_machine}
        options={[
          { value: 'hang_up', label: t('setUp.onMachine.hangUp') },
          { value: 'connect', label: t('setUp.onMachine.connect') },
          ...leaving,
        ]}
        onChange={({ target: { value } }) =>
          keep(
            value === 'hang_up' || value === 'connect'
              ? { on_machine: value }
              : { on_machine: 'leave_message', voicemail_drop_id: value },
          )
        }
      />
      {data && drops.length === 0 && (
        <p className="text-sm text-ink-soft">
          {t('setUp.onMachine.noMessage')}{' '}
          <Link to={urls.messages} className="text-accent underline">
            {t('places.messages')}
          </Link>
        </p>
      )}
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isOurs, trunksQuery } from '../../../api/trunks.ts'
import { SelectField } from '../../../ui/field.tsx'
import type { Draft } from './use-draft.ts'

const cheapest = 'least_cost'
const nearest = 'local'

/** Over which trunk the calls go, and which number they show. */
export function LineFields({ draft: { campaign, keep, faultOf } }: { draft: Draft }) {
  const { t } = useTranslation()
  const trunks = useQuery(trunksQuery).data?.data.filter(isOurs)
  if (trunks === undefined) return null
  const usual = trunks.find(({ is_default }) => is_default)
  const choosesTrunk = campaign.trunk_choice === cheapest
  const numbers = choosesTrunk
    ? trunks.flatMap(({ caller_ids }) => caller_ids)
    : (trunks.find(({ id }) => id === campaign.trunk_id) ?? usual)?.caller_ids
  return (
    <>
      <SelectField
        label={t('setUp.trunk')}
        hint={t('setUp.trunkHint')}
        error={faultOf('trunk_id') ?? faultOf('trunk_choice')}
        value={choosesTrunk ? cheapest : (campaign.trunk_id ?? '')}
        options={[
          { value: '', label: t('setUp.usualTrunk', { name: usual?.name ?? '–' }) },
          ...trunks.map(({ id, name }) => ({ value: id, label: name })),
          // An agent's line is on one trunk.
          ...(campaign.mode === 'ai' || campaign.mode === 'broadcast'
            ? [{ value: cheapest, label: t('setUp.cheapest') }]
            : []),
        ]}
        onChange={({ target: { value } }) =>
          keep(
            value === cheapest
              ? { trunk_choice: 'least_cost' }
              : { trunk_choice: 'fixed', trunk_id: value === '' ? null : value },
          )
        }
      />
      <SelectField
        label={t('setUp.callerId')}
        hint={t('setUp.callerIdHint')}
        error={faultOf('caller_id') ?? faultOf('caller_id_choice')}
        value={campaign.caller_id_choice === nearest ? nearest : (campaign.caller_id ?? '')}
        options={[
          { value: '', label: t('setUp.carriersNumber') },
          { value: nearest, label: t('setUp.nearest') },
          ...[...new Set([...(numbers ?? []).map(({ number }) => number), campaign.caller_id ?? []].flat())].map(
            (number) => ({ value: number, label: number }),
          ),
        ]}
        onChange={({ target: { value } }) =>
          keep(
            value === nearest
              ? { caller_id_choice: 'local', caller_id: null }
              : { caller_id_choice: 'fixed', caller_id: value === '' ? null : value },
          )
        }
      />
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { importsQuery } from '../../../api/imports.ts'
import { TextField } from '../../../ui/field.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { ImportRow } from '../../imports/import-row.tsx'
import { Importer } from '../../imports/importer.tsx'
import type { Draft } from './use-draft.ts'

/** Who is called: a name for it, and lists of people, as they come. */
export function AudienceStep({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const { campaign, keep, faultOf } = draft
  const lists = useQuery(importsQuery(campaign.id))
  return (
    <>
      <TextField
        label={t('setUp.name')}
        hint={t('setUp.nameHint')}
        error={faultOf('name')}
        defaultValue={campaign.name}
        maxLength={200}
        onBlur={({ target }) => target.value.trim() !== campaign.name && keep({ name: target.value.trim() })}
      />
      <Importer campaign_id={campaign.id} />
      <Loaded of={lists} shape={false}>
        {({ data }) =>
          data.length > 0 && (
            <section aria-label={t('imports.lists')} className="flex flex-col gap-3">
              {data.map((job) => (
                <ImportRow key={job.id} job={job} />
              ))}
            </section>
          )
        }
      </Loaded>
    </>
  )
}

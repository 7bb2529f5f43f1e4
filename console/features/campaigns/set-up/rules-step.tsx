import { useTranslation } from 'react-i18next'
import { SelectField } from '../../../ui/field.tsx'
import { LineFields } from './line-fields.tsx'
import { MachineFields } from './machine-fields.tsx'
import { NumberField } from './number-field.tsx'
import type { Draft } from './use-draft.ts'

const orders = ['due_first', 'newest_first', 'fewest_attempts_first', 'random'] as const

/** How often, how long and how many: each has a default, and none goes beyond what the law allows. */
export function RulesStep({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <NumberField draft={draft} name="max_attempts" min={1} max={100} />
        <NumberField draft={draft} name="ring_timeout_seconds" min={15} max={120} />
        <NumberField draft={draft} name="daily_limit" min={1} max={1_000_000_000} mayBeEmpty />
        <NumberField draft={draft} name="max_concurrent_calls" min={1} max={100_000} mayBeEmpty />
        <LineFields draft={draft} />
      </div>
      <details className="rounded-xl border border-line bg-surface p-5">
        <summary className="cursor-pointer font-semibold">{t('setUp.more')}</summary>
        <div className="mt-5 grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
          <NumberField draft={draft} name="retry_interval_seconds" min={0} max={525_600} per={60} mayBeEmpty />
          <OrderField draft={draft} />
          <PaceFields draft={draft} />
          <MachineFields draft={draft} />
        </div>
      </details>
    </>
  )
}

function OrderField({ draft: { campaign, keep } }: { draft: Draft }) {
  const { t } = useTranslation()
  return (
    <SelectField
      label={t('setUp.order.label')}
      hint={t('setUp.order.hint')}
      value={campaign.lead_order}
      options={orders.map((value) => ({ value, label: t(`setUp.order.${value}`) }))}
      onChange={({ target }) => keep({ lead_order: target.value as (typeof orders)[number] })}
    />
  )
}

/** What only some modes have. */
function PaceFields({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const { mode, preview_ends } = draft.campaign
  return (
    <>
      {mode !== 'ai' && mode !== 'broadcast' && <NumberField draft={draft} name="wrap_up_seconds" min={0} max={3600} />}
      {mode === 'preview' && (
        <>
          <NumberField draft={draft} name="preview_seconds" min={5} max={3600} />
          <SelectField
            label={t('setUp.previewEnds.label')}
            value={preview_ends}
            options={(['skip', 'dial'] as const).map((value) => ({ value, label: t(`setUp.previewEnds.${value}`) }))}
            onChange={({ target }) => draft.keep({ preview_ends: target.value as 'skip' | 'dial' })}
          />
        </>
      )}
      {mode === 'power' && <NumberField draft={draft} name="power_ratio" min={1} max={10} step={0.1} />}
      {(mode === 'power' || mode === 'predictive') && (
        <NumberField draft={draft} name="abandon_cap_percent" min={0.5} max={3} step={0.01} />
      )}
    </>
  )
}

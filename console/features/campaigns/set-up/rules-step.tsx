import { useTranslation } from 'react-i18next'
import { TextField } from '../../../ui/field.tsx'
import type { Draft } from './use-draft.ts'

type Count = 'max_attempts' | 'ring_timeout_seconds' | 'daily_limit' | 'max_concurrent_calls'

/** How often, how long and how many: each has a default, and none goes beyond what the law allows. */
export function RulesStep({ draft: { campaign, keep, faultOf } }: { draft: Draft }) {
  const { t } = useTranslation()
  const field = (name: Count, { min, max, may_be_empty }: { min: number; max: number; may_be_empty: boolean }) => ({
    type: 'number',
    inputMode: 'numeric' as const,
    label: t(`setUp.${name}`),
    hint: t(`setUp.${name}Hint`),
    error: faultOf(name),
    defaultValue: campaign[name] ?? '',
    ...{ min, max },
    required: !may_be_empty,
    onBlur: ({ target }: { target: HTMLInputElement }) => {
      const value = target.value === '' ? null : target.valueAsNumber
      if (value === campaign[name] || (value === null && !may_be_empty)) return
      keep({ [name]: value })
    },
  })
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
      <TextField {...field('max_attempts', { min: 1, max: 100, may_be_empty: false })} />
      <TextField {...field('ring_timeout_seconds', { min: 15, max: 120, may_be_empty: false })} />
      <TextField {...field('daily_limit', { min: 1, max: 1_000_000_000, may_be_empty: true })} />
      <TextField {...field('max_concurrent_calls', { min: 1, max: 100_000, may_be_empty: true })} />
    </div>
  )
}

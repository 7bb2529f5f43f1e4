import { useTranslation } from 'react-i18next'
import { TextField } from '../../../ui/field.tsx'
import type { Draft } from './use-draft.ts'

interface NumberFieldProps {
  draft: Draft
  name:
    | ('max_attempts' | 'ring_timeout_seconds' | 'daily_limit' | 'max_concurrent_calls' | 'retry_interval_seconds')
    | ('wrap_up_seconds' | 'preview_seconds' | 'power_ratio' | 'abandon_cap_percent')
  min: number
  max: number
  step?: number
  /** How many of the server's unit one of the shown is, such as 60 for minutes of seconds. */
  per?: number
  mayBeEmpty?: boolean
}

/** A number of the campaign, kept when the field is left. */
export function NumberField({ draft, name, min, max, step = 1, per = 1, mayBeEmpty = false }: NumberFieldProps) {
  const { t } = useTranslation()
  const { campaign, keep, faultOf } = draft
  const now = campaign[name]
  return (
    <TextField
      type="number"
      inputMode={step < 1 ? 'decimal' : 'numeric'}
      label={t(`setUp.${name}`)}
      hint={t(`setUp.${name}Hint`)}
      error={faultOf(name)}
      defaultValue={now === null ? '' : now / per}
      {...{ min, max, step }}
      required={!mayBeEmpty}
      onBlur={({ target }) => {
        const value = target.value === '' ? null : target.valueAsNumber * per
        if (value !== now && (value !== null || mayBeEmpty)) keep({ [name]: value })
      }}
    />
  )
}

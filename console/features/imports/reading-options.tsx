import { useTranslation } from 'react-i18next'
import type { ImportOptions } from '../../api/imports.ts'
import { CheckField, TextField } from '../../ui/field.tsx'

interface ReadingOptionsProps {
  options: ImportOptions
  onSay: (change: ImportOptions) => void
}

/** What nobody can guess from a file. */
export function ReadingOptions({ options, onSay }: ReadingOptionsProps) {
  const { t } = useTranslation()
  return (
    <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
      <TextField
        label={t('imports.consent')}
        hint={t('imports.consentHint')}
        maxLength={200}
        defaultValue={options.consent_basis ?? ''}
        onBlur={({ target }) => {
          const said = target.value.trim() || undefined
          if (said !== options.consent_basis) onSay({ consent_basis: said })
        }}
      />
      <CheckField
        label={t('imports.overwrite')}
        hint={t('imports.overwriteHint')}
        checked={options.overwrite ?? false}
        onChange={({ target }) => onSay({ overwrite: target.checked })}
      />
    </div>
  )
}

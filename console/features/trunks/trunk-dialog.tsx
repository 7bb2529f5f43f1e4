import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addTrunk, changeTrunk, providersQuery, type Trunk, type TrunkProvider } from '../../api/trunks.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LoadedDialog } from '../../ui/loaded-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'
import { SettingsFields } from './settings-fields.tsx'
import { fromTyped, type SettingSchema, type Typed, toTyped } from './settings-schema.ts'

interface TrunkDialogProps {
  /** The one that is changed; null: a new one. */
  trunk: Trunk | null
  onClose: () => void
}

export function TrunkDialog({ trunk, onClose }: TrunkDialogProps) {
  const { t } = useTranslation()
  const title = trunk ? t('trunks.changeTitle', { name: trunk.name }) : t('trunks.add')
  return (
    <LoadedDialog of={useQuery(providersQuery)} title={title} onClose={onClose}>
      {({ data }) => <TrunkForm trunk={trunk} title={title} providers={data} onClose={onClose} />}
    </LoadedDialog>
  )
}

const orNull = (text: string) => (text.trim() === '' ? null : Number(text))
const schemaOf = (provider: TrunkProvider | undefined) => (provider?.settings ?? {}) as SettingSchema

function TrunkForm({
  trunk,
  title,
  providers,
  onClose,
}: TrunkDialogProps & { title: string; providers: TrunkProvider[] }) {
  const { t } = useTranslation()
  const settings: Typed = {}
  for (const each of providers)
    settings[each.provider] = toTyped(schemaOf(each), each.provider === trunk?.provider ? trunk.settings : {})
  const first = {
    name: trunk?.name ?? '',
    provider: trunk?.provider ?? 'simulated',
    secret: '',
    channels: String(trunk?.channels ?? ''),
    calls_per_second: String(trunk?.calls_per_second ?? ''),
    price_per_minute: String(trunk?.price_per_minute ?? ''),
    currency: trunk?.currency ?? '',
    serves: trunk?.serves.join(', ') ?? '',
    weight: String(trunk?.weight ?? 1),
    settings,
  }
  const { form, field, submit, submitting, fault } = useServerForm(first, async ({ provider, ...typed }) => {
    const schema = schemaOf(providers.find((each) => each.provider === provider))
    const body = {
      name: typed.name,
      settings: fromTyped(schema, (typed.settings[provider] ?? {}) as Typed),
      calls_per_second: orNull(typed.calls_per_second),
      price_per_minute: orNull(typed.price_per_minute),
      currency: typed.currency.trim().toUpperCase() || null,
      serves: typed.serves.split(/[\s,]+/).filter((part) => part !== ''),
      weight: Number(typed.weight),
      ...(typed.channels.trim() !== '' && { channels: Number(typed.channels) }),
      ...(typed.secret !== '' && { secret: typed.secret }),
    }
    await (trunk ? changeTrunk(trunk.id, body) : addTrunk({ ...body, provider }))
    onClose()
  })
  const provider = form.watch('provider')
  const chosen = providers.find((each) => each.provider === provider)
  return (
    <FormDialog
      title={title}
      text={t('trunks.addText')}
      submit={t(trunk ? 'trunks.save' : 'trunks.add')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('trunks.name')} required {...field('name')} />
      {!trunk && (
        <SelectField
          label={t('trunks.provider')}
          hint={chosen?.undialed ?? (provider === 'simulated' ? t('trunks.simulatedHint') : undefined)}
          options={providers.map((each) => ({ value: each.provider, label: each.provider }))}
          {...field('provider')}
        />
      )}
      {chosen && (
        <SettingsFields
          schema={schemaOf(chosen)}
          path={`settings.${provider}.`}
          field={(name) => {
            const given = field(name as 'settings')
            // The server names what it refuses without the provider.
            const refused = form.getFieldState(
              name.replace(`settings.${provider}.`, 'settings.') as 'settings',
              form.formState,
            )
            return { ...given, error: refused.error?.message?.toString() }
          }}
        />
      )}
      {chosen?.needs_secret && (
        <TextField
          label={t('trunks.secret')}
          hint={t(trunk?.has_secret ? 'trunks.secretKept' : 'trunks.secretHint')}
          type="password"
          autoComplete="new-password"
          {...field('secret')}
        />
      )}
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label={t('trunks.channels')}
          hint={t('trunks.channelsHint')}
          inputMode="numeric"
          {...field('channels')}
        />
        <TextField
          label={t('trunks.rate')}
          hint={t('trunks.rateHint')}
          inputMode="decimal"
          {...field('calls_per_second')}
        />
      </div>
      <details>
        <summary className="cursor-pointer text-sm font-medium text-accent">{t('trunks.advanced')}</summary>
        <div className="mt-4 grid grid-cols-1 gap-4 sm:grid-cols-2">
          <TextField label={t('trunks.price')} inputMode="decimal" {...field('price_per_minute')} />
          <TextField label={t('trunks.currency')} maxLength={3} placeholder="USD" {...field('currency')} />
          <TextField label={t('trunks.serves')} hint={t('trunks.servesHint')} dir="ltr" {...field('serves')} />
          <TextField
            label={t('trunks.weight')}
            hint={t('trunks.weightHint')}
            inputMode="numeric"
            {...field('weight')}
          />
        </div>
      </details>
    </FormDialog>
  )
}

import { Headphones } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../../../ui/field.tsx'
import { tellRefusal } from '../../../ui/tell-refusal.ts'
import type { OwnPhone } from '../../../ui/use-softphone.ts'
import { chooseDevice, useDevices } from './use-devices.ts'
import { audioOf } from './use-microphone.ts'

/** The agent's phone in this page: whether it can be rung, and which microphone it uses. */
export function Phone({ phone: { state, phones } }: { phone: OwnPhone }) {
  const { t } = useTranslation()
  const { devices, chosen } = useDevices(state === 'registered')
  useEffect(() => {
    if (chosen === null) return
    for (const phone of phones) phone.changeMicrophone(audioOf(chosen)).catch(tellRefusal)
  }, [chosen, phones])
  const options = devices.map(({ deviceId, label }, place) => ({
    value: deviceId,
    label: label || t('desk.phone.microphone', { number: place + 1 }),
  }))
  return (
    <div className="mt-auto flex flex-col gap-2 border-t border-line pt-3 text-sm text-ink-soft" data-phone={state}>
      <p className="flex items-center gap-2">
        <Headphones aria-hidden className="size-4 shrink-0" />
        {t(`desk.phone.state.${state}`)}
      </p>
      {state === 'registered' && options.length > 1 && (
        <SelectField
          label={t('desk.phone.which')}
          value={chosen ?? options[0]?.value ?? ''}
          options={options}
          onChange={({ target }) => chooseDevice(target.value)}
        />
      )}
    </div>
  )
}

import { Mic, Volume2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { Meter } from '../../../ui/meter.tsx'
import type { OwnPhone } from '../../../ui/use-softphone.ts'
import { playBack, playTone } from './sounds.ts'
import { chooseDevice, useDevices } from './use-devices.ts'
import { useMicrophone } from './use-microphone.ts'

/** Before the first call: which microphone, whether it hears anything, and whether one hears oneself. */
export function PreFlight({ phone }: { phone: OwnPhone }) {
  const { t } = useTranslation()
  const [listening, setListening] = useState(false)
  const { devices, chosen } = useDevices(listening)
  const { level, stream, fault } = useMicrophone(listening, chosen)
  const options = devices.map(({ deviceId, label }, place) => ({
    value: deviceId,
    label: label || t('desk.phone.microphone', { number: place + 1 }),
  }))
  return (
    <section aria-labelledby="heard" className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
      <h2 id="heard" className="text-lg font-semibold">
        {t('desk.phone.title')}
      </h2>
      <p>{t(`desk.phone.state.${phone.state}`)}</p>
      <p className="text-ink-soft">{t('desk.phone.more')}</p>
      {fault !== null && (
        <p role="alert" className="text-sm font-medium text-bad">
          {t(`desk.phone.fault.${fault}`)}
        </p>
      )}
      {listening && options.length > 0 && (
        <SelectField
          label={t('desk.phone.which')}
          value={chosen ?? options[0]?.value ?? ''}
          options={options}
          onChange={({ target }) => chooseDevice(target.value)}
        />
      )}
      {listening && fault === null && <Meter share={level} label={t('desk.phone.level')} className="h-3" />}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setListening(!listening)}>
          <Mic aria-hidden className="size-4" />
          {t(listening ? 'desk.phone.stop' : 'desk.phone.try')}
        </Button>
        <Button barred={stream ? null : t('desk.phone.tryFirst')} onClick={() => stream && playBack(stream)}>
          {t('desk.phone.echo')}
        </Button>
        <Button onClick={playTone}>
          <Volume2 aria-hidden className="size-4" />
          {t('desk.phone.tone')}
        </Button>
      </div>
    </section>
  )
}

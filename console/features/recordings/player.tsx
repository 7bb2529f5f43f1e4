import { useQuery } from '@tanstack/react-query'
import { ChevronsLeft, ChevronsRight, Download, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { audioAt, peaksQuery, type Recording } from '../../api/recordings.ts'
import { showAge } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { Button } from '../../ui/button.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useWaveform } from './use-waveform.ts'

const rates = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const
const skipSeconds = 5

/** Plays what was kept of a call; who speaks is seen by the channel. */
export function Player({ recording }: { recording: Recording }) {
  const peaks = useQuery(peaksQuery(recording.id))
  return (
    <Loaded of={peaks} shape={<Skeleton className="h-40" />}>
      {({ channels }) => <Deck recording={recording} channels={channels} />}
    </Loaded>
  )
}

function Deck({ recording, channels }: { recording: Recording; channels: number[][] }) {
  const { t } = useTranslation()
  const [rate, setRate] = useState(1)
  const { id, duration_ms } = recording
  const wave = useWaveform(id, channels, duration_ms)
  const act = {
    back: () => wave.skip(-skipSeconds),
    on: () => wave.skip(skipSeconds),
  }
  useKeys([
    { id: 'recording.play', key: 'k', label: t('recordings.playPause'), run: wave.toggle },
    { id: 'recording.back', key: 'j', label: t('recordings.back', { count: skipSeconds }), run: act.back },
    { id: 'recording.on', key: 'l', label: t('recordings.on', { count: skipSeconds }), run: act.on },
  ])
  const choose = (chosen: number) => {
    setRate(chosen)
    wave.setRate(chosen)
  }
  return (
    <div className="flex flex-col gap-3">
      <div dir="ltr" className="flex gap-3">
        {channels.length === 2 && (
          <div className="flex shrink-0 flex-col justify-around text-xs text-ink-soft">
            <span>{t('recordings.channel.person')}</span>
            <span>{t('recordings.channel.agent')}</span>
          </div>
        )}
        <div ref={wave.box} aria-hidden className="min-w-0 flex-1 overflow-hidden rounded-lg bg-raised" />
      </div>
      {wave.fault && (
        <p role="alert" className="text-sm font-medium text-bad">
          {t('recordings.unplayable')}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <Button size="icon" aria-label={t('recordings.back', { count: skipSeconds })} onClick={act.back}>
          <ChevronsLeft aria-hidden className="size-4" />
        </Button>
        <Button look="primary" size="small" onClick={wave.toggle}>
          {wave.playing ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
          {t(wave.playing ? 'recordings.pause' : 'recordings.play')}
        </Button>
        <Button size="icon" aria-label={t('recordings.on', { count: skipSeconds })} onClick={act.on}>
          <ChevronsRight aria-hidden className="size-4" />
        </Button>
        <span dir="ltr" className="text-sm text-ink-soft">
          {showAge(wave.at_seconds * 1000)}
          {duration_ms !== null && ` / ${showAge(duration_ms)}`}
        </span>
        <label className="ms-auto flex items-center gap-2 text-sm text-ink-soft">
          {t('recordings.rate')}
          <select
            value={rate}
            onChange={({ target }) => choose(Number(target.value))}
            className="h-8 rounded-lg border border-line-strong bg-surface px-2 text-ink"
          >
            {rates.map((each) => (
              <option key={each} value={each}>
                {t('recordings.times', { rate: each })}
              </option>
            ))}
          </select>
        </label>
        <a href={audioAt(id)} download className={buttonLook('plain', 'small')}>
          <Download aria-hidden className="size-4" />
          {t('recordings.download')}
        </a>
      </div>
    </div>
  )
}

import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import { audioAt } from '../../api/recordings.ts'

export interface Waveform {
  /** Where the wave is drawn. */
  box: React.RefObject<HTMLDivElement | null>
  playing: boolean
  at_seconds: number
  /** Why it can't be played. */
  fault: boolean
  toggle: () => void
  /** By so many seconds, back for less than none. */
  skip: (seconds: number) => void
  setRate: (rate: number) => void
}

/** A colour of the theme as it is now. */
const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

const rowPx = 56

/** The audio of a recording, drawn from peaks that the server has made; the audio itself is loaded once it is played. */
export function useWaveform(id: string, peaks: readonly number[][], duration_ms: number | null): Waveform {
  const box = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer>(null)
  const [playing, setPlaying] = useState(false)
  const [at_seconds, setAt] = useState(0)
  const [fault, setFault] = useState(false)
  useEffect(() => {
    const audio = new Audio()
    audio.preload = 'none'
    audio.src = audioAt(id)
    const drawn = peaks.length > 0 && duration_ms !== null
    const one = WaveSurfer.create({
      container: box.current as HTMLDivElement,
      media: audio,
      height: rowPx,
      cspNonce: globalThis.__webpack_nonce__ ?? '',
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      cursorColor: token('--ink'),
      waveColor: token('--line-strong'),
      progressColor: token('--accent'),
      splitChannels: peaks.map(() => ({})),
      ...(drawn && { peaks: peaks.map((channel) => channel.map((loud) => loud / 100)), duration: duration_ms / 1000 }),
    })
    wave.current = one
    one.on('play', () => setPlaying(true))
    one.on('pause', () => setPlaying(false))
    one.on('timeupdate', setAt)
    one.on('error', () => setFault(true))
    // Of another kind than ours: the browser looks into it itself.
    if (!drawn) one.load(audio.src).catch(() => setFault(true))
    return () => one.destroy()
  }, [id, peaks, duration_ms])
  return {
    ...{ box, playing, at_seconds, fault },
    toggle: () => {
      wave.current?.playPause().catch(() => setFault(true))
    },
    skip: (seconds) => wave.current?.skip(seconds),
    setRate: (rate) => wave.current?.setPlaybackRate(rate, true),
  }
}

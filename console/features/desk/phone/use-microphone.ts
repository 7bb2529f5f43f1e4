import { useEffect, useState } from 'react'

export type MicrophoneFault = 'insecure' | 'refused' | 'none'

/** So often the level is measured, and this much louder than it is it is shown. */
const measureMs = 100
const gain = 4

export const audioOf = (device: string | null): MediaTrackConstraints | true =>
  device === null ? true : { deviceId: { ideal: device } }

/** The microphone as long as it is `on`, and how loud it hears: from 0 to 1. */
export function useMicrophone(on: boolean, device: string | null) {
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [level, setLevel] = useState(0)
  const [fault, setFault] = useState<MicrophoneFault | null>(null)
  useEffect(() => {
    setFault(null)
    if (!on) return
    // Browsers give a page the microphone over https only, or on the machine itself.
    if (navigator.mediaDevices === undefined) return setFault('insecure')
    let left = false
    let close = () => {}
    const open = async () => {
      const opened = await navigator.mediaDevices.getUserMedia({ audio: audioOf(device) })
      close = () => {
        for (const track of opened.getTracks()) track.stop()
      }
      if (left) return close()
      setStream(opened)
    }
    open().catch((error: DOMException) => setFault(error.name === 'NotAllowedError' ? 'refused' : 'none'))
    return () => {
      left = true
      close()
      setStream(null)
    }
  }, [on, device])
  useEffect(() => {
    if (stream === null) return setLevel(0)
    const audio = new AudioContext()
    const analyser = audio.createAnalyser()
    audio.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const measure = () => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      setLevel(Math.min(1, Math.sqrt(power) * gain))
    }
    const timer = setInterval(measure, measureMs)
    return () => {
      clearInterval(timer)
      audio.close()
    }
  }, [stream])
  return { stream, level, fault }
}

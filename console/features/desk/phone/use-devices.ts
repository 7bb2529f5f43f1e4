import { useEffect, useState, useSyncExternalStore } from 'react'

const kept = 'outdial.microphone'
const listeners = new Set<() => void>()

/** The microphone that this browser uses for calls from now on, also for one that is under way. */
export function chooseDevice(id: string): void {
  localStorage.setItem(kept, id)
  for (const listener of listeners) listener()
}

export const chosenDevice = (): string | null => localStorage.getItem(kept)

export function onDeviceChosen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The microphones there are; browsers name them once one of them may be used. */
export function useDevices(allowed: boolean): { devices: MediaDeviceInfo[]; chosen: string | null } {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([])
  const chosen = useSyncExternalStore(onDeviceChosen, chosenDevice)
  // biome-ignore lint/correctness/useExhaustiveDependencies: their names are there once one may be used.
  useEffect(() => {
    const media = navigator.mediaDevices
    if (media === undefined) return
    const read = () =>
      media.enumerateDevices().then((all) => setDevices(all.filter(({ kind }) => kind === 'audioinput')))
    read()
    media.addEventListener('devicechange', read)
    return () => media.removeEventListener('devicechange', read)
  }, [allowed])
  return { devices, chosen }
}

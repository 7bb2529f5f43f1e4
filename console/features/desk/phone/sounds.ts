const toneMs = 600
const delaySeconds = 1
const heardMs = 5_000

/** A tone in the speaker that calls will be heard in. */
export function playTone(): void {
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  volume.gain.value = 0.2
  tone.frequency.value = 440
  tone.connect(volume).connect(audio.destination)
  tone.start()
  setTimeout(() => audio.close(), toneMs)
}

/** What the microphone hears comes back a second later, for a few seconds. */
export function playBack(stream: MediaStream): void {
  const audio = new AudioContext()
  const delay = audio.createDelay(delaySeconds)
  delay.delayTime.value = delaySeconds
  audio.createMediaStreamSource(stream).connect(delay).connect(audio.destination)
  setTimeout(() => audio.close(), heardMs)
}

/** A headless Chromium where the calls are: its microphone is a file, and its page has a phone in it. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { findTool } from '#kit/tools.ts'
import { tone, wavOf } from './audio.ts'
import type { FarEnd } from './far-end.ts'

/** What its microphone hears: above the voices of the telephones. */
export const microphone_hz = 2_900

const media = (microphone: string) => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-audio-capture=${microphone}`,
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--autoplay-policy=no-user-gesture-required',
]

export async function openBrowser({ within, folder }: Pick<FarEnd, 'within' | 'folder'>) {
  const microphone = join(folder, 'microphone.wav')
  writeFileSync(microphone, wavOf(tone(microphone_hz, 1_000)))
  const program = join(folder, 'chromium.sh')
  writeFileSync(program, `#!/bin/sh\nexec ${[...within, findTool('chromium')].join(' ')} "$@"\n`)
  chmodSync(program, 0o700)
  const content = await bundlePhone()
  const browser = await chromium.launch({ executablePath: program, args: media(microphone) })
  return {
    /** A person's own browser: pages in it have their cookies and the phone. */
    async open(): Promise<BrowserContext> {
      const context = await browser.newContext({ permissions: ['microphone'] })
      await context.addInitScript({ content })
      return context
    },
    close: () => browser.close(),
  }
}
export type Browser = Awaited<ReturnType<typeof openBrowser>>

/** The phone and what it needs, as one script. */
async function bundlePhone(): Promise<string> {
  const entry = join(import.meta.dirname, 'softphone.js')
  const lib = { entry, name: 'softphone', formats: ['iife' as const] }
  const define = { global: 'globalThis' }
  const built = await build({ configFile: false, logLevel: 'error', define, build: { write: false, lib } })
  return (built as Rolldown.RolldownOutput[])[0]?.output[0].code ?? ''
}

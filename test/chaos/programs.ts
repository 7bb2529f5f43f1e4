/** What a run starts and kills: one carrier, and the real server several times over in the role of a dialer. */
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { script } from './list.ts'
import type { ChaosPostgres } from './postgres.ts'
import { findFreePort, type Kept, keepProgram } from './processes.ts'
import type { ChaosSettings } from './settings.ts'

export interface Place {
  folder: string
  ledger: string
  /** Where the carrier writes down what it must still know after it was killed. */
  journal: string
}

export interface Programs {
  carrier: Kept
  dialers: Kept[]
  /** Drains the dialers, all at once, and then ends the carrier. */
  stop(): Promise<void>
}

export async function startPrograms(settings: ChaosSettings, place: Place, postgres: ChaosPostgres): Promise<Programs> {
  const carrierPort = await findFreePort()
  const carrier = keepProgram(carrierOf(settings, place, carrierPort))
  await carrier.whenReady()
  const dialers: Kept[] = []
  for (let index = 0; index < settings.dialers; index += 1) {
    const dialer = keepProgram({
      name: `dialer-${index}`,
      script: 'test/chaos/dialer.ts',
      folder: place.folder,
      ready: /outdial ready/,
      env: {
        OUTDIAL_ROLE: 'dialer',
        OUTDIAL_PORT: String(await findFreePort()),
        // One folder for all: the key that webhooks are signed with is derived from the one in it.
        OUTDIAL_DATA_DIR: join(place.folder, 'data'),
        DATABASE_URL: postgres.app_url,
        DATABASE_OWNER_URL: postgres.owner_url,
        OUTDIAL_SIM_URL: `http://127.0.0.1:${carrierPort}`,
        OUTDIAL_SIM_SPEED: String(settings.speed),
      },
    })
    dialers.push(dialer)
    await dialer.whenReady()
  }
  return {
    carrier,
    dialers,
    async stop() {
      await Promise.all(dialers.map((dialer) => dialer.stop()))
      await carrier.stop()
    },
  }
}

function carrierOf(settings: ChaosSettings, { folder, ledger, journal }: Place, port: number) {
  const scriptPath = join(folder, 'script.json')
  writeFileSync(scriptPath, JSON.stringify(script))
  const flags = {
    port: String(port),
    data: dirname(journal),
    ledger,
    script: scriptPath,
    seed: settings.seed,
    speed: String(settings.speed),
    chaos: 'doubles=0.1,reorders=0.1,delays=0.1',
  }
  return {
    name: 'carrier',
    script: 'scripts/carrier.ts',
    args: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    folder,
    ready: /carrier ready/,
  }
}

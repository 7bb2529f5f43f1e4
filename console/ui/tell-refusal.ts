import i18next from 'i18next'
import { Refused } from '../api/client.ts'
import { tell } from './tell.ts'

/** Long enough to be read. */
const shownMs = 12_000

/** Says why something that was asked for was not done. */
export function tellRefusal(error: Error): void {
  const problem = error instanceof Refused ? error.problem : null
  tell('error', problem?.title ?? i18next.t('failed.unreachable'), { description: problem?.detail, duration: shownMs })
}

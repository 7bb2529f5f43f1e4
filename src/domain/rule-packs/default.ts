import { weekOf } from '../calling-hours.ts'
import type { RulePack } from './rule-pack.ts'

/** For countries without a pack, and packs without hours: careful, not the law of any place. */
export const defaultPack: RulePack = {
  id: 'default',
  version: '2026-11-01',
  countries: [],
  hours: [
    {
      id: 'default/hours',
      value: weekOf(9 * 60, 20 * 60),
      source: 'Outdial default: every day 09:00–20:00 of the person called',
      checked: false,
      note: 'a workspace may close days',
    },
  ],
  attempt_caps: [],
  states: {},
  ring_floor_seconds: null,
  abandon_cap: null,
  abandon_limit: null,
  artificial_voice_consent: null,
}

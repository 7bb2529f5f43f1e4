import { weekOf } from '../calling-hours.ts'
import type { RulePack } from './rule-pack.ts'

/** India. Both rows of hours apply, so the narrower one decides. */
export const inPack: RulePack = {
  id: 'in',
  version: '2026-11-01',
  countries: ['IN'],
  hours: [
    {
      id: 'in/hours',
      value: weekOf(9 * 60, 21 * 60),
      source: 'TRAI TCCCPR 2010, amended 2011: no commercial calls 21:00–09:00',
      checked: true,
    },
    {
      id: 'in/preference_bands',
      value: weekOf(10 * 60, 19 * 60),
      source: 'TRAI TCCCPR 2018, time bands a person may choose',
      checked: false,
      note: 'inside every band that stays open by default',
    },
  ],
  attempt_caps: [],
  states: {},
  ring_floor_seconds: null,
  abandon_cap: null,
  abandon_limit: null,
  artificial_voice_consent: null,
}

import { weekOf } from '../calling-hours.ts'
import { DAY_MS, type RulePack, type RuleRow } from './rule-pack.ts'

const eightToEight = (id: string, source: string, checked: boolean): RuleRow<ReturnType<typeof weekOf>> => ({
  id,
  value: weekOf(8 * 60, 20 * 60),
  source,
  checked,
})
const threeADay = (id: string, source: string, checked: boolean, note?: string) => ({
  id,
  value: { calls: 3, within_ms: DAY_MS },
  source,
  checked,
  ...(note ? { note } : {}),
})

/** The United States and the territories its federal rules reach. States listed are those with narrower rules. */
export const usPack: RulePack = {
  id: 'us',
  version: '2026-11-01',
  countries: ['US', 'PR', 'VI', 'GU', 'AS', 'MP'],
  hours: [
    {
      id: 'us/hours',
      value: weekOf(8 * 60, 21 * 60),
      source: 'TSR 16 CFR 310.4(c); 47 CFR 64.1200(c)(1)',
      checked: true,
      note: 'local time of the called party',
    },
  ],
  attempt_caps: [],
  states: {
    FL: {
      hours: [eightToEight('us/fl/hours', 'Fla. Stat. 501.616(6)', true)],
      attempt_caps: [threeADay('us/fl/attempts', 'Fla. Stat. 501.616(6)', true, 'on the same subject')],
    },
    OK: {
      hours: [eightToEight('us/ok/hours', '15 O.S. 775C.4', true)],
      attempt_caps: [threeADay('us/ok/attempts', '15 O.S. 775C.4', true)],
    },
    WA: { hours: [eightToEight('us/wa/hours', 'HB 1497 (2022)', true)] },
    MD: {
      hours: [eightToEight('us/md/hours', 'Stop the Spam Calls Act', false)],
      attempt_caps: [threeADay('us/md/attempts', 'Stop the Spam Calls Act', false)],
    },
  },
  ring_floor_seconds: {
    id: 'us/ring_floor',
    value: 15,
    source: '16 CFR 310.4(b)(4)(ii); 47 CFR 64.1200(a)(6)',
    checked: false,
    note: 'or four rings',
  },
  abandon_cap: {
    id: 'us/abandon_cap',
    value: { share: 0.03, period_days: 30 },
    source: '16 CFR 310.4(b)(4); 47 CFR 64.1200(a)(7)',
    checked: false,
    note: 'of live answers, per campaign, over the campaign if it is shorter; the FCC proposed to drop its own in 2025',
  },
  abandon_limit: {
    id: 'us/abandon_limit',
    value: { within_ms: 2_000, from: 'greeting_end' },
    source: '16 CFR 310.4(b)(4)',
    checked: true,
  },
  artificial_voice_consent: {
    id: 'us/artificial_voice',
    value: 'written',
    source: 'FCC 24-17; 47 CFR 64.1200(a)',
    checked: true,
    note: 'written for marketing; express consent is enough for information',
  },
}

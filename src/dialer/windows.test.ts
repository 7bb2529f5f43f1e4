import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'

const people = {
  '+922134567890': 'Asia/Karachi',
  '+442079460123': 'Europe/London',
  '+12125550143': 'America/New_York',
  '+13105550143': 'America/Los_Angeles',
}
const year = 365 * 24 * 3_600_000
/** Busy for ever, and tried again after a time that no day, week or window divides. */
const everBusy = {
  script: { default: [{ do: 'busy', ring_s: 2, weight: 1 }] },
  settings: { max_attempts: 80, retry_interval_seconds: 11 * 86_400 + 5 * 3600 + 1021 },
}

/** Minutes of the day and weekday (1 = Monday) by the platform's own calendar, not by ours. */
function localTime(zone: string, at: Date): { minute: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1
  return { minute: Number(part('hour')) * 60 + Number(part('minute')), weekday }
}

describe('windows over a year', { concurrency: false }, () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function callForAYear(settings: object): Promise<{ number: string; at: Date }[]> {
    const floor = await openFloor({ script: everBusy.script, start: '2026-01-10T12:00:00Z' })
    floors.push(floor)
    await floor.startCampaign({ numbers: Object.keys(people), settings: { ...everBusy.settings, ...settings } })
    await floor.runThroughDueTimes(year)
    const { rows } = await floor.db.owner.query('select to_number as number, initiated_at as at from calls order by id')
    assert.equal(floor.dials().length, rows.length)
    assert.ok(rows.length > 90, `${rows.length} dials in the year`)
    return rows
  }

  it("keeps 09:00-18:00 in each person's own zone, DST or not", async () => {
    for (const { number, at } of await callForAYear({ hours_zone: 'person', window_start: 540, window_end: 1080 })) {
      const zone = people[number as keyof typeof people]
      const { minute } = localTime(zone, at)
      assert.ok(minute >= 540 && minute < 1080, `${number} at ${at.toISOString()}, ${minute} min in ${zone}`)
    }
  })

  it('crosses midnight in the zone of the campaign, and stays inside the law of the person called', async () => {
    const settings = { hours_zone: 'campaign', time_zone: 'Asia/Tokyo', window_start: 20 * 60, window_end: 10 * 60 }
    for (const { number, at } of await callForAYear(settings)) {
      const tokyo = localTime('Asia/Tokyo', at).minute
      assert.ok(tokyo >= 20 * 60 || tokyo < 10 * 60, `${tokyo} min in Tokyo`)
      const zone = people[number as keyof typeof people]
      const own = localTime(zone, at).minute
      const [opens, closes] = number.startsWith('+1') ? [480, 1260] : [540, 1200]
      assert.ok(own >= (opens as number) && own < (closes as number), `${number}: ${own} min in ${zone}`)
    }
  })

  it('stays on the weekdays of the campaign', async () => {
    const settings = { hours_zone: 'person', window_start: 540, window_end: 1080, weekdays: [1, 3] }
    for (const { number, at } of await callForAYear(settings)) {
      const { weekday } = localTime(people[number as keyof typeof people], at)
      assert.ok(weekday === 1 || weekday === 3, `weekday ${weekday}`)
    }
  })
})

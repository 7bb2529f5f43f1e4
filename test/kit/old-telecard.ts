import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The lists of an old telecard system, saved as its clients see them: 14 leads, 5 called, 3 of them completed, 2 failed. */
export function saveTelecardLists(folder: string): void {
  const page = (results: unknown[]) => ({ count: results.length, next: null, previous: null, results })
  const save = (name: string, body: unknown) => writeFileSync(join(folder, name), JSON.stringify(body))
  const code = 'AgentAhmed-Follow_Up-20260209'
  const stamps = { created_at: '2026-02-09T08:00:00Z', updated_at: '2026-02-09T12:00:00Z' }
  const agent = {
    id: 1,
    agent_id: 'AgentAhmed',
    extension: '101',
    phone_number: '923001234567',
    email: 'ahmed@udhaar.pk',
  }
  save('agents.json', page([{ ...agent, status: 'available', is_active: true, max_concurrent_calls: 1, ...stamps }]))
  const campaign = {
    campaign_id: code,
    campaign_name: 'Ahmed Follow Up',
    segment: 'follow_up',
    agent: 1,
    agent_name: 'AgentAhmed',
  }
  const spent = {
    ...campaign,
    id: 2,
    campaign_id: 'AgentAhmed-Growth-20260201',
    campaign_name: 'Spent',
    status: 'completed',
  }
  save(
    'campaigns.json',
    page([{ ...campaign, id: 1, status: 'active', duration_days: 1, total_leads: 14, ...stamps }, spent]),
  )
  const leads = Array.from({ length: 14 }, (_, index) => ({
    ...{
      id: index + 1,
      lead_id: `${code}-${numberAt(index)}`,
      phone_number: numberAt(index),
      customer_name: `Person ${index}`,
    },
    ...{
      city: 'Karachi',
      segment: 'follow_up',
      campaign: 1,
      customer_segment: 'small',
      metadata: { order_count: index },
    },
    ...{
      status: index < 5 ? 'called' : index === 13 ? 'do_not_call' : 'pending',
      attempt_count: index < 5 ? 1 : 0,
      max_attempts: 1,
    },
    ...{
      last_call_date: index < 5 ? '2026-02-09T09:30:00Z' : null,
      last_order_date: '2026-01-15T14:30:00Z',
      ...stamps,
    },
  }))
  // Two pages, saved one by one and together: the same lead comes in both.
  save('leads-1.json', page(leads.slice(0, 8)))
  save('leads-2.json', [page(leads.slice(7))])
  const calls = Array.from({ length: 4 }, (_, index) => ({
    ...{ id: index + 1, call_id: `c-${index}`, freeswitch_uuid: `fs-${index}`, agent: 1, campaign: 1, lead: index + 1 },
    ...{
      phone_number: numberAt(index),
      status: index < 3 ? 'completed' : 'failed',
      direction: 'outbound',
      duration: 30,
    },
    ...{ initiated_at: '2026-02-09T09:30:00Z', ended_at: '2026-02-09T09:31:00Z', recording_url: null },
  }))
  save('call-logs.json', page(calls))
  const row = `c-4,fs-4,1,${code},${numberAt(4)},failed,outbound,0,2026-02-09T09:32:00Z`
  const header = 'call_id,freeswitch_uuid,agent,campaign,phone_number,status,direction,duration,initiated_at'
  writeFileSync(join(folder, 'more-calls.csv'), `${header}\n${row}\n`)
  const csv = ['name,number,city,attempts,colour', 'Sara,ap923007654321,Lahore,2,blue', 'Nobody,12,Lahore,1,']
  writeFileSync(join(folder, 'AgentAhmed-Growth-20260201.csv'), `${csv.join('\n')}\n`)
  save('import-logs.json', page([{ id: 1, import_id: 'x', filename: 'leads.csv' }]))
}

function numberAt(index: number): string {
  return `92300123${4500 + index}`
}

import { reviewLeads } from '#dialer/gate.ts'
import { createCampaign, moveCampaign } from '#store/campaigns.ts'
import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import { advanceCounter } from '#store/numbers.ts'
import { addLeads, addPeople, type NewPerson } from '#store/people.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { addMember, createUser } from '#store/users.ts'
import { createWorkspace } from '#store/workspaces.ts'

export interface Tenant {
  workspace_id: string
  user_id: string
  trunk_id: string
}

export interface TenantOptions {
  channels?: number
  concurrent_calls?: number
  owner_concurrent_calls?: number
  calls_per_second?: number | null
  country?: string
  time_zone?: string
}

/** A workspace with its owner, a simulated trunk and a consent declaration. */
export async function makeTenant(pool: Pool, at: number, options: TenantOptions = {}): Promise<Tenant> {
  const tenant = { workspace_id: newId(at), user_id: newId(at), trunk_id: newId(at) }
  await inWorkspace(pool, tenant, async (tx) => {
    await createWorkspace(
      tx,
      {
        id: tenant.workspace_id,
        name: 'Test',
        country: options.country ?? 'US',
        time_zone: options.time_zone ?? 'America/New_York',
        concurrent_calls: options.concurrent_calls ?? 10,
        consent_declaration: { basis: 'simulated', simulated: true },
      },
      at,
    )
    await createUser(tx, { id: tenant.user_id, email: `${tenant.user_id}@example.com`, name: 'Owner' }, at)
    await addMember(
      tx,
      tenant.workspace_id,
      { user_id: tenant.user_id, role: 'owner', concurrent_calls: options.owner_concurrent_calls ?? 10 },
      at,
    )
    const { channels = 10, calls_per_second = null } = options
    const trunk = { ...simulatedTrunk, id: tenant.trunk_id, is_default: true, channels, calls_per_second }
    await createTrunk(tx, tenant.workspace_id, trunk, at)
  })
  return tenant
}

const simulatedTrunk = { name: 'Simulated', provider: 'simulated', settings: {}, sealed_secret: null }

/** One more simulated trunk of the tenant's workspace, which campaigns have to name. */
export async function makeTrunk(
  pool: Pool,
  tenant: Tenant,
  at: number,
  size: { channels: number; calls_per_second: number | null },
): Promise<string> {
  const id = newId(at)
  await inWorkspace(pool, tenant, (tx) =>
    createTrunk(tx, tenant.workspace_id, { ...simulatedTrunk, ...size, id, is_default: false }, at),
  )
  return id
}

/** One more member of the tenant's workspace. */
export async function makeMember(pool: Pool, tenant: Tenant, at: number, concurrentCalls: number): Promise<string> {
  const user_id = newId(at)
  await inWorkspace(pool, tenant, async (tx) => {
    await createUser(tx, { id: user_id, email: `${user_id}@example.com`, name: 'Member' }, at)
    await addMember(tx, tenant.workspace_id, { user_id, role: 'supervisor', concurrent_calls: concurrentCalls }, at)
  })
  return user_id
}

/** A campaign without hours of its own, in broadcast mode unless `settings` say otherwise. */
export async function makeCampaign(
  pool: Pool,
  tenant: Tenant,
  at: number,
  { status = 'draft', ...settings }: Record<string, unknown> & { status?: 'draft' | 'active' },
): Promise<string> {
  const id = newId(at)
  await inWorkspace(pool, tenant, async (tx) => {
    const number = await advanceCounter(tx, tenant.workspace_id, 'campaigns', 1)
    const base = {
      id,
      number,
      name: 'Test',
      mode: 'broadcast' as const,
      owner_user_id: tenant.user_id,
      time_zone: 'America/New_York',
    }
    await createCampaign(tx, tenant.workspace_id, { ...base, ...settings }, at)
    if (status === 'active') await moveCampaign(tx, tenant.workspace_id, id, { to: 'active', reason: null, at })
  })
  return id
}

/** Valid fictional numbers of New York: +1 212 555 0100 and on, area code by area code. */
export function numbersFrom(first: number, count: number): string[] {
  const areas = ['212', '315', '516', '518', '585', '607', '631', '646', '716', '718', '845', '914', '917', '929']
  return Array.from({ length: count }, (_, index) => {
    const n = first + index
    return `+1${areas[n % areas.length]}${200 + (Math.floor(n / areas.length / 10_000) % 800)}${String(Math.floor(n / areas.length) % 10_000).padStart(4, '0')}`
  })
}

/** Puts people with these numbers into the campaign and lets the gate date them; `person` is said of all of them. */
export async function loadLeads(
  pool: Pool,
  tenant: Tenant,
  campaignId: string,
  numbers: string[],
  at: number,
  person: Partial<NewPerson> = {},
): Promise<void> {
  await inWorkspace(pool, tenant, async (tx) => {
    const people = numbers.map((number) => ({ ...person, contact_id: newId(at), number }))
    const contacts = await addPeople(tx, tenant.workspace_id, tenant.user_id, people, at)
    const leads = numbers.map((number) => ({
      lead_id: newId(at),
      contact_id: (contacts.get(number) as { contact_id: string }).contact_id,
      named: false,
    }))
    await reviewLeads(tx, tenant.workspace_id, await addLeads(tx, tenant.workspace_id, campaignId, leads, at), at)
  })
}

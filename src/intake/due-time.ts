import { isAgentless } from '#domain/campaign.ts'
import { frameCampaign } from '#domain/campaign-frame.ts'
import { decideContact } from '#domain/contactability.ts'
import { placePrefix } from '#domain/number-zones.ts'
import type { ReadNumber } from '#domain/phone-number.ts'
import type { CampaignEvidence } from '#store/lead-evidence.ts'
import type { PersonRow } from './person-row.ts'

export interface DueTime {
  /** Null for never. A text, since it goes to the database for thousands of rows as it is. */
  due_at: string | null
  status: 'pending' | 'skipped'
  held_by: string | null
}

/** A list's people are in a few hundred places; beyond this the memory is emptied, which costs time only. */
const keptPlaces = 50_000

/**
 * When the people of an import may first be called: the one verdict, asked once for each place. The campaign counts as
 * running, and what depends on more than place and time (suppression, consent) is asked when the lead is merged or claimed.
 */
export function createDueTimes(campaign: CampaignEvidence, at: number): (person: PersonRow) => DueTime {
  const frame = frameCampaign({ ...campaign, status: 'active' })
  const consent = { needed: isAgentless(campaign.mode), basis: 'asked later', strength: 'written' as const }
  const known = new Map<string, DueTime>()

  function ask(person: PersonRow): DueTime {
    const number = person.phones[0]?.number ?? ''
    const { time_zone: zone, country, region, postcode } = person
    const {
      answer,
      at: due,
      rule,
    } = decideContact({
      at,
      lead: { status: 'pending', attempts: 0, max_attempts: 1, not_before: person.not_before },
      person: { number, zone, country, region, postcode },
      ...frame,
      suppressions: [],
      consent,
      number_rest_until: null,
    })
    if (answer === 'never') return { due_at: null, status: 'skipped', held_by: rule.id }
    const due_at = due === null ? null : new Date(due).toISOString()
    return { due_at, status: 'pending', held_by: answer === 'later' ? rule.id : null }
  }

  return (person) => {
    if (person.not_before !== null && person.not_before > at) return ask(person)
    const phone = person.phones[0]
    if (!phone) throw new Error('a person without a number has no due time')
    // Prefixes that a workspace allows may be longer than those that tell a place.
    const place = campaign.own_rules ? `${phone.number} ${placeOf(phone, person)}` : placeOf(phone, person)
    const before = known.get(place)
    if (before) return before
    if (known.size >= keptPlaces) known.clear()
    const due = ask(person)
    known.set(place, due)
    return due
  }
}

/** What place and law depend on; a few characters for the many who state nothing but a number. */
function placeOf({ number, kind, country }: ReadNumber, person: PersonRow): string {
  const prefix = kind === 'premium' ? `${placePrefix(number)} premium` : placePrefix(number)
  const { time_zone, region, postcode } = person
  if (country === 'US' && time_zone === null && person.country === null && region === null && postcode === null)
    return prefix
  return `${prefix} ${country} ${time_zone ?? ''} ${person.country ?? ''} ${region ?? ''} ${postcode ?? ''}`
}

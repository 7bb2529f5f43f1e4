import { type Refusal, refuseValues } from '../../http/problems.ts'

export interface Holiday {
  date: string
  name: string
}

/** Days that the law of a country, and of a state of it, keeps as holidays, for a campaign or workspace to close on. */
export async function listHolidays({
  country,
  region,
  year,
}: {
  country: string
  region?: string
  year: number
}): Promise<Holiday[] | Refusal> {
  // Much to hold for a server that is never asked.
  const { default: Calendar } = await import('date-holidays')
  const countries = new Calendar().getCountries()
  if (!(country in countries)) {
    return refuseValues([{ path: 'country', message: 'has no calendar of holidays here' }])
  }
  const regions = Object.keys(new Calendar(country).getStates(country) ?? {})
  if (region !== undefined && !regions.includes(region)) {
    return refuseValues([{ path: 'region', message: `is none of ${country}` }], { allowed: regions })
  }
  const calendar = region === undefined ? new Calendar(country) : new Calendar(country, region)
  const kept = calendar.getHolidays(year).filter(({ type }) => type === 'public')
  const dates = new Map(kept.map(({ date, name }) => [date.slice(0, 10), name]))
  return [...dates].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1))
}

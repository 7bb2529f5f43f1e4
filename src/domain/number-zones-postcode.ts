/**
 * The US state or Canadian province of a postcode, from its first characters.
 *
 * US: the first three digits, by the Postal Service's Labeling List L002 and Publication 65; ranges are inclusive.
 * Canada: the first letter, by Canada Post's forward sortation areas.
 */
const usRanges =
  '005-005 NY,006-007 PR,008-008 VI,009-009 PR,010-027 MA,028-029 RI,030-038 NH,039-049 ME,050-054 VT,055-055 MA,' +
  '056-059 VT,060-062 CT,063-063 CT NY,064-069 CT,070-089 NJ,100-149 NY,150-196 PA,197-199 DE,200-200 DC,201-201 VA,' +
  '202-205 DC,206-219 MD,220-246 VA,247-268 WV,270-289 NC,290-299 SC,300-319 GA,320-339 FL,341-342 FL,344-344 FL,' +
  '346-347 FL,349-349 FL,350-369 AL,370-385 TN,386-397 MS,398-399 GA,400-427 KY,430-459 OH,460-479 IN,480-499 MI,' +
  '500-528 IA,530-549 WI,550-567 MN,569-569 DC,570-577 SD,580-588 ND,590-599 MT,600-629 IL,630-658 MO,660-679 KS,' +
  '680-693 NE,700-714 LA,716-729 AR,730-732 OK,733-733 TX,734-749 OK,750-799 TX,800-816 CO,820-831 WY,832-838 ID,' +
  '840-847 UT,850-865 AZ,870-884 NM,885-885 TX,889-898 NV,900-961 CA,967-968 HI,970-979 OR,980-994 WA,995-999 AK'

const usRegions = new Map<string, readonly string[]>()
for (const entry of usRanges.split(',')) {
  const [range = '', ...regions] = entry.split(' ')
  const [first = '', last = ''] = range.split('-')
  for (let code = Number(first); code <= Number(last); code += 1) usRegions.set(String(code).padStart(3, '0'), regions)
}

const canadianRegions: Record<string, readonly string[]> = {
  A: ['NL'],
  B: ['NS'],
  C: ['PE'],
  E: ['NB'],
  G: ['QC'],
  H: ['QC'],
  J: ['QC'],
  K: ['ON'],
  L: ['ON'],
  M: ['ON'],
  N: ['ON'],
  P: ['ON'],
  R: ['MB'],
  S: ['SK'],
  T: ['AB'],
  V: ['BC'],
  X: ['NT', 'NU'],
  Y: ['YT'],
}

/** States or provinces a postcode may lie in; null where it says nothing. Spreadsheets drop leading zeros: `2139`. */
export function regionsOfPostcode(country: string, postcode: string): readonly string[] | null {
  const text = postcode.trim().toUpperCase()
  if (country === 'CA') return /^[A-Z]\d[A-Z]/.test(text) ? (canadianRegions[text[0] ?? ''] ?? null) : null
  if (country !== 'US') return null
  const zip = /^(\d{3,5})(?:-?\d{4})?$/.exec(text)?.[1]?.padStart(5, '0')
  return zip ? (usRegions.get(zip.slice(0, 3)) ?? null) : null
}

/**
 * Writes examples/leads.csv: 400 fictional people, and every oddity that real lists have. The same every time.
 *
 * Their numbers are from ranges that are kept free for fiction, so that nobody's phone rings when somebody tries the
 * list on a real trunk: 555-0100 to 555-0199 of each North American area code (Guam, the Northern Marianas and Puerto
 * Rico among them), Ofcom's numbers for drama use in cities, ACMA's for creative works, ARCEP's for audiovisual works,
 * Bundesnetzagentur's and PTS's for films. They are spread over the day: whenever it is, at least a hundred of them may
 * lawfully be called, although Australia is closed on Sundays.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Place {
  people: number
  city: string
  /** The nth number of the place's range, as people there write it. */
  write(n: number): string
}

const two = (n: number) => String(n).padStart(2, '0')
const three = (n: number) => String(n).padStart(3, '0')

function northAmerica(area: string, city: string, people: number): Place {
  const forms = [
    (n: number) => `(${area}) 555-01${two(n)}`,
    (n: number) => `${area}-555-01${two(n)}`,
    (n: number) => `+1 ${area} 555 01${two(n)}`,
    (n: number) => `1.${area}.555.01${two(n)}`,
    (n: number) => `${area}55501${two(n)}`,
  ]
  return { people, city, write: (n) => pick(forms, n)(n) }
}

function abroad(code: string, city: string, people: number, national: (n: number) => string): Place {
  const forms = [
    (text: string) => `+${code} ${text}`,
    (text: string) => `00${code} ${text.replaceAll(' ', '')}`,
    (text: string) => `+${code}${text.replaceAll(' ', '-')}`,
  ]
  return { people, city, write: (n) => pick(forms, n)(national(n)) }
}

const places: Place[] = [
  northAmerica('212', 'New York', 14),
  northAmerica('305', 'Miami', 8),
  northAmerica('312', 'Chicago', 10),
  northAmerica('713', 'Houston', 10),
  northAmerica('303', 'Denver', 8),
  northAmerica('602', 'Phoenix', 8),
  northAmerica('310', 'Los Angeles', 12),
  northAmerica('206', 'Seattle', 10),
  northAmerica('907', 'Anchorage', 8),
  northAmerica('808', 'Honolulu', 11),
  northAmerica('787', 'San Juan', 25),
  northAmerica('671', 'Hagåtña', 50),
  northAmerica('670', 'Saipan', 50),
  abroad('44', 'London', 40, (n) => `20 7946 0${three(n)}`),
  abroad('44', 'Leeds', 20, (n) => `113 496 0${three(n)}`),
  abroad('44', 'Birmingham', 20, (n) => `121 496 0${three(n)}`),
  abroad('44', 'Manchester', 19, (n) => `161 496 0${three(n)}`),
  abroad('33', 'Paris', 20, (n) => `1 99 00 ${two(n)} ${two((n * 7) % 100)}`),
  abroad('49', 'Berlin', 15, (n) => `30 23125 ${three(n)}`),
  abroad('46', 'Stockholm', 10, (n) => `8 465 004 ${two(n)}`),
  abroad('61', 'Sydney', 15, (n) => `2 5550 0${three(n)}`),
  abroad('61', 'Brisbane', 15, (n) => `7 5550 0${three(n)}`),
]

const firstNames =
  'Ada Björn Chloé Dev Élise Farid Grace Hana Iñaki Jonas Keala Lucía Mehmet Nia Oskar Priya Quinn Rosa Søren Tāne Uma Viktor Wanda Ximena Yusuf Zoë'.split(
    ' ',
  )
const lastNames =
  "Abara Berg Castillo D'Angelo Eriksson Fournier Gupta Hoffmann Ikeda Jónsson Kealoha Lindqvist Müller Nakamura O'Neill Petrov Quispe Rossi Šimić Taitano Underwood Vásquez Whitfield Xu Yılmaz Zieliński".split(
    ' ',
  )
const companies = [
  '',
  'Example Works',
  'Sample, Test & Sons',
  'The "Corner" Bakery',
  '',
  'Northwind Traders',
  'Placeholder\r\nHoldings',
  'Fictional GmbH',
]
const notes = [
  '',
  '',
  'prefers mornings',
  'asked about prices,\r\ncall about the offer',
  'met at the fair',
  '',
  'says "hello" to everybody',
  'speaks French; German too',
]

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T
}

interface Person {
  name: string
  company: string
  phone: string
  other: string
  email: string
  city: string
  notes: string
  blocked: string
}

const people: Person[] = []

function add(city: string, phone: string, blocked = ''): void {
  const n = people.length
  const name = `${pick(firstNames, n)} ${pick(lastNames, n * 7 + Math.floor(n / 26))}`
  const mailbox = name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')
  // Every sixth person has a second number, from areas where nobody on the list has a first one.
  const other = n % 6 === 2 ? `(${pick(['217', '315', '406'], (n / 6) | 0)}) 555-01${two(Math.floor(n / 18))}` : ''
  people.push({
    name: n % 29 === 11 ? '' : name,
    company: pick(companies, n * 3 + 1),
    phone: n % 17 === 5 ? `${phone} ext. ${100 + n}` : phone,
    other,
    email: n % 5 === 0 ? '' : `${mailbox}.${n}@example.com`,
    city,
    notes: pick(notes, n * 5 + 2),
    blocked,
  })
}

for (const place of places) for (let n = 1; n <= place.people; n += 1) add(place.city, place.write(n))
// Two who asked not to be called before the list came.
add('New York', '(212) 555-0199', 'yes')
add('London', '+44 20 7946 0999', 'yes')

/** People who are on the list already, written otherwise. */
const again = [
  '+12125550101',
  '1 (305) 555 0102',
  '0044 20 79460003',
  '+33199000107',
  '671.555.0104',
  '+61 2 5550 0005',
]
const bad = ['12345', 'ask reception', '+1 212 555', '911', '1.21256E+10', '000-000-0000', '+999 123 456 789', '']

const quote = (cell: string) =>
  /[",\r\n]/.test(cell) || cell.startsWith(' ') ? `"${cell.replaceAll('"', '""')}"` : cell
const rows = [
  ['id', 'Full name', 'Company', 'Phone', 'Other phone', '', 'E-mail', 'City', 'Notes', 'Blocked'],
  ...people.map((person, n) => [
    String(n + 1),
    person.name,
    person.company,
    person.phone,
    person.other,
    n % 4 === 0 ? 'A' : '',
    person.email,
    person.city,
    person.notes,
    person.blocked,
  ]),
]
// Spread over the list, as they are in life.
for (const [n, phone] of again.entries()) {
  rows.splice(120 + n * 45, 0, [`again-${n + 1}`, 'On The List Already', '', phone, '', '', '', '', '', ''])
}
for (const [n, phone] of bad.entries()) {
  rows.splice(30 + n * 40, 0, [`bad-${n + 1}`, `Bad Number ${n + 1}`, '', phone, '', '', '', '', '', ''])
}

const target = join(import.meta.dirname, '../examples/leads.csv')
writeFileSync(target, `\ufeff${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`)
console.log(`${people.length} people in ${rows.length - 1} rows: ${target}`)

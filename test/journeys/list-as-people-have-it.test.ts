import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type App, openApp } from '#kit/app.ts'
import { importOver } from '#kit/http-imports.ts'

const people = 500
/** Area code, city, state, ZIP code: from Maine to Hawaii, with a leading zero and a state of two zones among them. */
const places = [
  ...['207,Portland,ME,04101', '212,New York,NY,10001', '305,Miami,FL,33101', '313,Detroit,MI,48201'],
  ...['312,Chicago,IL,60601', '404,Atlanta,GA,30301', '504,New Orleans,LA,70112', '503,Portland,OR,97201'],
  ...['602,Phoenix,AZ,85001', '615,Nashville,TN,37201', '617,Boston,MA,02108', '702,Las Vegas,NV,89101'],
  ...['713,Houston,TX,77001', '720,Denver,CO,80201', '808,Honolulu,HI,96801', '907,Anchorage,AK,99501'],
  ...['915,El Paso,TX,79901', '206,Seattle,WA,98101', '410,Baltimore,MD,21201', '973,Newark,NJ,07101'],
].map((place) => place.split(',') as [area: string, city: string, state: string, zip: string])
const firsts = ['Ada', 'Ben', 'Cleo', 'Dov', "D'Arcy", 'Edda', 'Fay', 'José']
const lasts = ['Hill', 'Moss', "O'Hara", 'Van Dorn', 'Smith-Lee', 'Poe', 'Reyes']

/** Every number of the list differs; exchanges begin where no service code is. */
function phoneOf(n: number, second: boolean): string {
  const [area] = places[n % places.length] as [string, string, string, string]
  return `${area}-${second ? 431 : 328}-${String(2000 + n).padStart(4, '0')}`
}
const e164 = (phone: string) => `+1${phone.replaceAll('-', '')}`

function row(n: number): string {
  const [, city, state, zip] = places[n % places.length] as [string, string, string, string]
  const [first, last] = [firsts[n % firsts.length], lasts[n % lasts.length]]
  const company = `"${last}, ${first} & Sons, Inc"`
  const address = `"${n + 1} Elm ""Old"" Rd, Suite ${n}"`
  const mail = `person${n}@example.com,http://www.example${n}.com`
  return `${first},${last},${company},${address},${city},,${state},${zip},${phoneOf(n, false)},${phoneOf(n, true)},${mail}`
}

const header = 'first_name,last_name,company_name,address,city,,state,zip,phone1,phone2,email,web'
const list = [header, ...Array.from({ length: people }, (_, n) => row(n))].join('\r\n')

describe('a list as people have it', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const makeCampaign = async (name: string) => (await app.ask('POST', '/api/v1/campaigns', { body: { name } })).body
  const leadsOf = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}/leads?limit=1000`)).body.data
  const countsOf = ({ total_rows, imported_rows, duplicate_rows, invalid_rows }: Record<string, number>) => {
    return [total_rows, imported_rows, duplicate_rows, invalid_rows]
  }

  it('becomes a lead for each person, the second number kept, and only duplicates the second time', async () => {
    const { id } = await makeCampaign('Upload')
    const job = await importOver(app, list, { campaign_id: id }, 'people.csv')
    assert.deepEqual([job.status, ...countsOf(job)], ['completed', people, people, 0, 0])
    const leads = await leadsOf(id)
    assert.deepEqual(
      leads.map((lead: { phone: string }) => lead.phone).sort(),
      Array.from({ length: people }, (_, n) => e164(phoneOf(n, false))).sort(),
    )
    const contacts = (await app.ask('GET', `/api/v1/contacts?import_id=${job.id}&limit=1000`)).body.data
    assert.equal(contacts.length, people)
    const byMail = new Map(contacts.map((contact: { email: string }) => [contact.email, contact]))
    for (let n = 0; n < people; n += 1) {
      const contact = byMail.get(`person${n}@example.com`) as Record<string, unknown> & { phones: { number: string }[] }
      assert.deepEqual(
        contact.phones.map((phone) => phone.number),
        [e164(phoneOf(n, false)), e164(phoneOf(n, true))],
      )
    }
    const { full_name, company, city, region, postcode, custom } = byMail.get('person4@example.com') as typeof job
    assert.deepEqual([full_name, company], ["D'Arcy Smith-Lee", "Smith-Lee, D'Arcy & Sons, Inc"])
    assert.deepEqual([city, region, postcode], ['Chicago', 'IL', '60601'])
    assert.deepEqual(custom, { address: '5 Elm "Old" Rd, Suite 4', web: 'http://www.example4.com' })

    const again = await importOver(app, list, { campaign_id: id }, 'people.csv')
    assert.deepEqual([again.status, ...countsOf(again)], ['completed', people, 0, people, 0])
    assert.equal((await leadsOf(id)).length, people)
  })

  it('does so by the command line as well', async () => {
    const { id, number } = await makeCampaign('Command line')
    const file = join(app.data_dir, 'people.csv')
    writeFileSync(file, list)
    const words = ['import', file, '--campaign', String(number), '--url', app.url, '--key', app.key]
    const outdial = async (...more: string[]) => {
      const program = [join(import.meta.dirname, '../../cli/outdial.ts'), ...words, ...more]
      return (await promisify(execFile)(process.execPath, program)).stdout
    }
    assert.deepEqual(countsOf(JSON.parse(await outdial('--json'))), [people, people, 0, 0])
    assert.equal((await leadsOf(id)).length, people)
    const said = await outdial()
    assert.match(said, /is completed\n/)
    assert.match(said, /duplicate_rows\s+│\s+500/)
    assert.equal((await leadsOf(id)).length, people)
  })
})

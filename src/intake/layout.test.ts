import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import iconv from 'iconv-lite'
import type { ImportOptions } from './import-options.ts'
import { type Layout, readLayout } from './layout.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial-layout-'))
after(() => rmSync(folder, { recursive: true }))
let files = 0

async function layOut(content: string | Buffer, options: ImportOptions = {}, country = 'US') {
  files += 1
  const path = join(folder, `${files}.csv`)
  writeFileSync(path, content)
  return readLayout(path, options, { country, drop_prefixes: [] })
}

async function layoutOf(content: string | Buffer, options?: ImportOptions, country?: string): Promise<Layout> {
  const reply = await layOut(content, options, country)
  assert.ok(reply.ok, reply.ok ? '' : reply.refusal)
  return reply.layout
}

const roles = (layout: Layout) => layout.columns.map((column) => [column.name, column.role])

test('finds the delimiter, also where cells contain the others, and obeys a sep= line', async () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const rows = [
      ['name', 'phone', 'note'],
      ['Ann', '+12125550101', '"a, b; c"'],
      ['Ben', '+12125550102', '"1;2;3"'],
    ]
    assert.equal((await layoutOf(rows.map((row) => row.join(delimiter)).join('\n'))).delimiter, delimiter)
  }
  const separated = await layoutOf('sep=;\r\nname;phone\r\nAnn;+12125550101\r\n')
  assert.deepEqual([separated.delimiter, separated.skip_records, separated.first_row], [';', 2, 0])
  assert.equal((await layoutOf('+12125550101\n+12125550102\n')).delimiter, ',')
})

test('finds the encoding by mark, by pattern and by what stops being UTF-8', async () => {
  const text = 'Straße;Téléphone\nZoë Müller;+33199001234\nÅsa Übel;+33199001235\n'
  const encoded: [string, Buffer][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['windows-1252', iconv.encode(text, 'windows-1252')],
  ]
  for (const [encoding, bytes] of encoded) {
    const layout = await layoutOf(bytes, {}, 'FR')
    assert.equal(layout.encoding, encoding)
    assert.deepEqual(
      roles(layout),
      [
        ['Straße', 'custom'],
        ['Téléphone', 'phone'],
      ].map(([name, role]) => [name, name === 'Straße' ? 'custom' : role]),
    )
  }
})

test('reads Cyrillic of an old program', async () => {
  const rows = Array.from(
    { length: 20 },
    (_, index) => `Иван Петров из Москвы;+1212555010${index % 10};хороший клиент нашей компании`,
  ).join('\n')
  const layout = await layoutOf(iconv.encode(`Имя;phone;заметки\n${rows}`, 'windows-1251'))
  assert.equal(layout.encoding, 'windows-1251')
})

test('understands lines of old Macs', async () => {
  assert.equal((await layoutOf('name,phone\rAnn,+12125550101\r')).line_end, 'cr')
})

test('knows columns by many names, blank and repeated ones included', async () => {
  const us =
    'id,first_name,last_name,company_name,address,,phone1,phone2,email,web\n1,Ann,Lee,"Acme, Inc",1 Road,,212-555-0101,,a@example.com,x\n'
  assert.deepEqual(roles(await layoutOf(us)), [
    ['id', 'custom'],
    ['first_name', 'first_name'],
    ['last_name', 'last_name'],
    ['company_name', 'company'],
    ['address', 'custom'],
    ['column_6', 'custom'],
    ['phone1', 'phone'],
    ['phone2', 'phone'],
    ['email', 'email'],
    ['web', 'custom'],
  ])
  const repeated = await layoutOf('phone,note,note\n+12125550101,a,b\n')
  assert.deepEqual(
    repeated.columns.map((column) => column.name),
    ['phone', 'note', 'note_2'],
  )
  const german = await layoutOf(
    'Vorname;Nachname;Handynummer;PLZ;Ort;Firma\nEva;Beispiel;+4930231250;10115;Berlin;Acme\n',
    {},
    'DE',
  )
  assert.deepEqual(
    german.columns.map((column) => column.role),
    ['first_name', 'last_name', 'phone', 'postcode', 'city', 'company'],
  )
  const about = await layoutOf('Name,Phone,Phone Type,Phone Ext,Fax\nAnn,+12125550101,mobile,7,+12125550102\n')
  assert.deepEqual(
    about.columns.map((column) => column.role),
    ['full_name', 'phone', 'custom', 'custom', 'custom'],
  )
})

test('knows a phone column by its values, whatever its name, and does not take ids for phones', async () => {
  const rows = Array.from(
    { length: 6 },
    (_, index) => `${2_125_550_100 + index},Ann ${index},212-555-01${index}0`,
  ).join('\n')
  assert.deepEqual(roles(await layoutOf(`order_id,who,reach\n${rows}`)), [
    ['order_id', 'custom'],
    ['who', 'custom'],
    ['reach', 'phone'],
  ])
  // The header says number, but only the other column has any.
  const misnamed = await layoutOf(`number,line\n1,212-555-0101\n2,212-555-0102\n3,212-555-0103\n`)
  assert.deepEqual(roles(misnamed), [
    ['number', 'custom'],
    ['line', 'phone'],
  ])
})

test('reads a file without header', async () => {
  const layout = await layoutOf(
    'Ann Lee,212-555-0101,ann@example.com\nBen Roe,212-555-0102,ben@example.com\nCy Poe,212-555-0103,cy@example.com\n',
  )
  assert.equal(layout.has_header, false)
  assert.equal(layout.skip_records, 0)
  assert.deepEqual(roles(layout), [
    ['column_1', 'full_name'],
    ['column_2', 'phone'],
    ['column_3', 'email'],
  ])
})

test('what somebody says of a column goes before every guess; a column that is not there is named', async () => {
  const file = 'phone,work,name\n212-555-0101,212-555-0102,Ann\n'
  const mapped = await layoutOf(file, { mapping: { WORK: 'phone', '3': 'company' } })
  assert.deepEqual(roles(mapped), [
    ['phone', 'custom'],
    ['work', 'phone'],
    ['name', 'company'],
  ])
  const unknown = await layOut(file, { mapping: { Handy: 'phone' } })
  assert.ok(!unknown.ok)
  assert.match(unknown.refusal, /“Handy”.*“phone”, “work”, “name”/)
})

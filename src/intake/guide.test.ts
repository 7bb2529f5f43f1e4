import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { readNumber } from '#domain/phone-number.ts'
import { importOptionsSchema } from './import-options.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/extend-import.md'), 'utf8')
const blocksOf = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')

const folder = mkdtempSync(join(tmpdir(), 'outdial-guide-'))
after(() => rmSync(folder, { recursive: true }))

test('the check of the guide refuses what the guide says it refuses', async () => {
  const [check = '', line = '', ownTest = ''] = blocksOf('ts')
  assert.match(
    line,
    /rowChecks: readonly RowCheck\[\] = \[refuseDeniedConsent, refuseUnreadableFollowUp, refusePartners\]/,
  )
  assert.match(
    readFileSync(join(import.meta.dirname, 'row-checks.ts'), 'utf8'),
    /rowChecks: readonly RowCheck\[\] = \[refuseDeniedConsent, refuseUnreadableFollowUp\]/,
  )
  const file = join(folder, 'guide.mts')
  writeFileSync(file, `${check}\n${ownTest}`.replaceAll("'#intake/", `'${pathToFileURL(import.meta.dirname)}/`))
  await import(pathToFileURL(file).href)
})

test('the number rules of the guide do what it says', () => {
  const options = importOptionsSchema.parse(JSON.parse(blocksOf('json')[0] ?? ''))
  const rules = { country: 'PK', drop_prefixes: options.number_rules?.drop_prefixes ?? [] }
  for (const text of ['ap923001234567', 'B 0300 1234567', 'tel-03001234567']) {
    const reading = readNumber(text, rules)
    assert.equal(reading.ok && reading.number, '+923001234567')
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callingCountry, isDialable, isEmergencyOrShort, type NumberRules, readNumber } from './phone-number.ts'

const pakistani: NumberRules = { country: 'PK', drop_prefixes: ['ap', 'b'] }
const american: NumberRules = { country: 'US', drop_prefixes: [] }
const numberOf = (raw: string, rules: NumberRules) => {
  const reading = readNumber(raw, rules)
  return reading.ok ? reading.number : reading
}

test('reads the ways a Pakistani list writes a number', () => {
  const mobile = [
    '923001234567',
    '03001234567',
    '3001234567',
    '+923001234567',
    '+92 (300) 123-4567',
    '00923001234567',
    'ap923001234567',
    'AP03001234567',
    'B 0300-1234567',
    '923001234567.0',
    "'03001234567",
    '="03001234567"',
    '\u202d+923001234567\u202c',
    '(+92) 300.123.4567',
    'tel:+92-300-1234567',
    '٠٣٠٠١٢٣٤٥٦٧',
  ]
  for (const raw of mobile) assert.equal(numberOf(raw, pakistani), '+923001234567', raw)
  assert.equal(numberOf('92512345678', pakistani), '+92512345678')
})

test('reads American numbers, from inside and from abroad', () => {
  for (const raw of ['2125550100', '(212) 555-0100', '1-212-555-0100', '+1 212.555.0100', '0012125550100']) {
    assert.equal(numberOf(raw, american), '+12125550100', raw)
  }
  assert.equal(numberOf('011 44 20 7946 0018', american), '+442079460018')
  assert.equal(numberOf('0044 20 7946 0018', american), '+442079460018')
  assert.equal(numberOf('+44 (0)20 7946 0018', american), '+442079460018')
})

test('digits that are no number at home but one abroad are read as that, unless the list forbids it', () => {
  assert.equal(numberOf('12125550100', pakistani), '+12125550100')
  const strict = { ...pakistani, allow_international_digits: false }
  assert.ok(!readNumber('12125550100', strict).ok)
  assert.equal(numberOf('+12125550100', strict), '+12125550100')
  assert.equal(numberOf('0012125550100', strict), '+12125550100')
})

test('keeps the extension apart', () => {
  for (const raw of ['(212) 555-0100 x5', '212-555-0100 ext. 5', 'tel:+1-212-555-0100;ext=5']) {
    const reading = readNumber(raw, american)
    assert.deepEqual(reading, { ok: true, number: '+12125550100', country: 'US', kind: 'mobile', extension: '5' }, raw)
  }
})

test('knows the kind of line', () => {
  const kindOf = (raw: string) => {
    const reading = readNumber(raw, american)
    return reading.ok ? reading.kind : null
  }
  assert.equal(kindOf('8005550199'), 'toll_free')
  assert.equal(kindOf('9005550199'), 'premium')
  assert.equal(kindOf('+44 20 7946 0018'), 'fixed')
  assert.equal(kindOf('+92 300 1234567'), 'mobile')
})

test('says what it found and what it expected', () => {
  const refusal = (raw: string) => {
    const reading = readNumber(raw, pakistani)
    assert.ok(!reading.ok, raw)
    return `${reading.found} · ${reading.expected}`
  }
  assert.match(refusal('invalid123'), /“invalid123”, which is not a phone number · one phone number of PK/)
  assert.match(refusal('1.21256E+10'), /which a spreadsheet shortened · all its digits: format the column as text/)
  assert.match(refusal('0300123456'), /which no numbering plan has/)
  assert.match(refusal('03001234567 / 03211234567'), /too many digits · one phone number/)
  assert.match(refusal('1234567'), /too few digits/)
  assert.match(refusal(''), /an empty cell/)
  assert.match(refusal('  '), /an empty cell/)
  assert.match(refusal('ap'), /“ap”/)
  assert.match(refusal('9'.repeat(300)), /^“9{40}…”/)
})

test('never lets an emergency or short number through', () => {
  for (const raw of ['112', '911', '15', '1122', '+1 911', '+44 999', '+92 15', '116117', '+49 112', '12345']) {
    assert.ok(!readNumber(raw, pakistani).ok, raw)
    assert.ok(!readNumber(raw, american).ok, raw)
  }
  assert.ok(isEmergencyOrShort('112', 'DE'))
  assert.ok(isEmergencyOrShort('116 117', 'DE'))
  assert.ok(!isEmergencyOrShort('+12125550100', 'US'))
  assert.ok(!isEmergencyOrShort('', 'US'))
  // Niue's subscribers have four digits.
  assert.ok(!isEmergencyOrShort('4002', 'NU'))
  assert.equal(numberOf('4002', { country: 'NU', drop_prefixes: [] }), '+6834002')
})

test('a number as stored has a country, or is not dialable', () => {
  assert.equal(callingCountry('+923001234567'), 'PK')
  assert.equal(callingCountry('+80012345678'), null)
  for (const text of ['923001234567', '+92300', '+1911', '', '+', '+999123456789', '+92 3001234567']) {
    assert.ok(!isDialable(text), text)
  }
  assert.ok(isDialable('+12125550100'))
})

test('a default country without a plan is a fault of the setting', () => {
  assert.throws(() => readNumber('1', { country: 'XX', drop_prefixes: [] }), /No numbering plan of country XX/)
})

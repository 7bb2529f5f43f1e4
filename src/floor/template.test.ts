import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTemplateFault, renderTemplate } from './template.ts'

const say = (text: string, known: Record<string, unknown> = {}) => renderTemplate(text, known)

test('merge fields and conditions show what is known', () => {
  const text = 'Hello {{ first_name | upcase }}{% if company %} of {{ company }}{% endif %}, {{ custom.plan }}'
  const known = { first_name: 'Ada', company: 'Acme', custom: { plan: 'gold' } }
  assert.deepEqual(say(text, known), { text: 'Hello ADA of Acme, gold', missing: [] })
})

test('a missing value is a visible gap, false to a condition and filled by a default', () => {
  assert.deepEqual(say('Hi {{ first_name }} {{ custom.plan | upcase }}', { first_name: '' }), {
    text: 'Hi [first_name] [custom.plan]',
    missing: ['first_name', 'custom.plan'],
  })
  assert.equal(
    (say('{% if a %}yes{% else %}no{% endif %} {{ a | default: "there" }}') as { text: string }).text,
    'no there',
  )
  assert.equal(
    (say('{{ constructor }} {{ __proto__ }} {{ name.constructor }}', { name: {} }) as { text: string }).text.includes(
      'function',
    ),
    false,
  )
})

test('what is known is never read as a template', () => {
  assert.equal((say('{{ name }}', { name: '{{ secret }}', secret: 'x' }) as { text: string }).text, '{{ secret }}')
})

test('files, loops and unknown words are refused where they stand', () => {
  const wrong = [
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    '{{ a | unheard_of }}',
    '{% if a %}',
    '{{ a',
    'x'.repeat(20_001),
  ]
  for (const text of wrong) {
    const rendered = say(text, { a: 1 })
    assert.ok('fault' in rendered, text.slice(0, 40))
  }
  assert.match(findTemplateFault('{% include "/etc/passwd" %}') ?? '', /include/)
  assert.equal(findTemplateFault('Hello {{ first_name }}'), null)
})

test('a text that would grow without end meets a limit', () => {
  const doubled = `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`
  assert.ok('fault' in say(doubled))
})

/**
 * Templates of what is said: merge fields and conditions, nothing else. In: a text and what is known of a person. Out: the
 * text with it, or where the text is wrong. What is known is never read as a template; a template reaches no file, no
 * member of a JavaScript object, and ends at limits of its own.
 */
import { Drop, Liquid, type Template } from 'liquidjs'

const limits = { parseLimit: 20_000, renderLimit: 1_000, memoryLimit: 1_000_000 }
const allowedTags = ['if', 'unless', 'case', 'assign', 'comment']

/** Stands where a value is missing: false to conditions, nothing to `default`, and a visible gap to the reader. */
class Gap extends Drop {
  readonly #path: string
  constructor(path: string) {
    super()
    this.#path = path
  }
  override valueOf(): null {
    return null
  }
  override toString(): string {
    return `[${this.#path}]`
  }
}

const engine = makeEngine()

function makeEngine(): Liquid {
  const made = new Liquid({
    ...limits,
    ...{ ownPropertyOnly: true, strictFilters: true, dynamicPartials: false, templates: {}, outputEscape: write },
  })
  for (const name of Object.keys(made.tags)) if (!allowedTags.includes(name)) delete made.tags[name]
  for (const [name, filter] of Object.entries(made.filters)) {
    if (name === 'default' || typeof filter !== 'function') continue
    // A gap stays one, whatever is done to the value that is missing.
    made.registerFilter(name, function (value, ...rest) {
      return value instanceof Gap ? value : filter.call(this, value, ...rest)
    })
  }
  return made
}

function write(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' && !(value instanceof Gap) ? JSON.stringify(value) : String(value)
}

/** What is wrong with a template, in one line; null when it can be rendered. */
export function findTemplateFault(text: string): string | null {
  const parsed = parse(text)
  return 'fault' in parsed ? parsed.fault : null
}

export interface Rendered {
  text: string
  /** The merge fields that nothing is known of; they stand in the text as `[first_name]`. */
  missing: string[]
}

/** Renders a template with what is known; a fault says why it can't be. */
export function renderTemplate(text: string, known: Record<string, unknown>): Rendered | { fault: string } {
  const parsed = parse(text)
  if ('fault' in parsed) return parsed
  const scope = structuredClone(known)
  const missing = engine
    .globalVariableSegmentsSync(parsed.templates)
    .filter((path) => path.every((step) => typeof step === 'string'))
    .filter((path) => fillGap(scope, path as string[]))
    .map((path) => path.join('.'))
  return attempt(() => ({ text: String(engine.renderSync(parsed.templates, scope)), missing }))
}

/** Puts gaps where the path leads to nothing; true when it does. */
function fillGap(scope: Record<string, unknown>, path: string[]): boolean {
  let place = scope
  let missing = false
  for (const [index, step] of path.entries()) {
    const value = Object.hasOwn(place, step) ? place[step] : undefined
    missing = value === null || value === undefined || value === '' || value instanceof Gap
    const kept = missing && !(value instanceof Gap) ? new Gap(path.slice(0, index + 1).join('.')) : value
    Object.defineProperty(place, step, { value: kept, enumerable: true, configurable: true })
    if (typeof kept !== 'object') return missing
    place = kept as Record<string, unknown>
  }
  return missing
}

function parse(text: string): { templates: Template[] } | { fault: string } {
  return attempt(() => ({ templates: engine.parse(text) }))
}

/** The engine throws what is wrong with a text; to us that is an answer. */
function attempt<T>(work: () => T): T | { fault: string } {
  try {
    return work()
  } catch (error) {
    const { name, message } = error as Error
    if (!/^(Tokenization|Parse|Render|UndefinedVariable|Assertion)Error$/.test(name)) throw error
    return { fault: (message.split('\n')[0] ?? '').slice(0, 300) }
  }
}

import { z } from 'zod'
import { scriptSorts } from '#store/scripts.ts'
import { id, instant, name, pageQuery, sortQuery } from '../../http/schema.ts'

const key = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'must be lower-case letters, digits and _')
const branch = z.strictObject({ label: name, goes_to: key })
const step = z.strictObject({
  key,
  /** With merge fields such as {{ first_name }}. */
  text: z.string().max(20_000),
  branches: z.array(branch).max(20).default([]),
})
/** The first one opens the call. */
const steps = z.array(step).min(1).max(100)

export const newScript = z.strictObject({ name, steps })
export const scriptChange = z.strictObject({ name: name.exactOptional(), steps: steps.exactOptional() })
export const rendering = z.strictObject({ lead_id: id })

const shownStep = z.object({
  key: z.string(),
  text: z.string(),
  branches: z.array(z.object({ label: z.string(), goes_to: z.string() })),
})

export const script = z
  .object({ id, name: z.string(), steps: z.array(shownStep), created_at: instant, updated_at: instant })
  .meta({ id: 'Script' })

export const renderedScript = z
  .object({
    script_id: id,
    lead_id: id,
    steps: z.array(
      shownStep.extend({
        /** Merge fields of which nothing is known; each stands in the text as a gap such as [first_name]. */
        missing: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'RenderedScript' })

export const scriptQuery = z.strictObject({ ...pageQuery, sort: sortQuery(scriptSorts, 'name') })

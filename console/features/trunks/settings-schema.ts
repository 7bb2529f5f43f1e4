/** What is used of the JSON Schema that the server gives of a provider's settings. */
export interface SettingSchema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'
  description?: string
  default?: unknown
  enum?: string[]
  properties?: Record<string, SettingSchema>
  required?: string[]
}

export type Typed = { [name: string]: string | boolean | Typed }

/** What stands in the fields at first. */
export function toTyped(schema: SettingSchema, settings: Record<string, unknown> = {}): Typed {
  const typed: Typed = {}
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    const value = settings[name]
    if (each.type === 'object') typed[name] = toTyped(each, value as Record<string, unknown> | undefined)
    else if (each.type === 'boolean') typed[name] = (value ?? each.default) === true
    else if (each.type === 'array') typed[name] = ((value ?? each.default ?? []) as string[]).join(', ')
    else typed[name] = String(value ?? each.default ?? '')
  }
  return typed
}

/** What was typed, as the server takes it; what was left empty is left out, and a group of which nothing was said with it. */
export function fromTyped(schema: SettingSchema, typed: Typed): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    const value = typed[name]
    if (each.type === 'object') {
      const group = (value ?? {}) as Typed
      if ((each.required ?? []).some((needed) => group[needed] !== '')) settings[name] = fromTyped(each, group)
    } else if (each.type === 'boolean') settings[name] = value === true
    else if (typeof value !== 'string' || value.trim() === '') continue
    else if (each.type === 'integer' || each.type === 'number') settings[name] = Number(value)
    else if (each.type === 'array')
      settings[name] = value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    else settings[name] = value.trim()
  }
  return settings
}

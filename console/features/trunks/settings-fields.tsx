import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import type { SettingSchema } from './settings-schema.ts'

type Field = (name: string) => { error: string | undefined; name: string }

interface SettingsFieldsProps {
  schema: SettingSchema
  /** Where they stand in the form, such as `settings.`. */
  path: string
  field: Field
}

const sayName = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')

/** The fields that a provider asks for, by the description that the server has of them: names and hints are the server's. */
export function SettingsFields({ schema, path, field }: SettingsFieldsProps) {
  return Object.entries(schema.properties ?? {}).map(([name, each]) => {
    const props = { label: sayName(name), hint: each.description, ...field(`${path}${name}`) }
    if (each.type === 'object') {
      return (
        <fieldset key={name} className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-medium">{props.label}</legend>
          <SettingsFields schema={each} path={`${path}${name}.`} field={field} />
        </fieldset>
      )
    }
    if (each.type === 'boolean') {
      const { error: _, ...check } = props
      return <CheckField key={name} {...check} />
    }
    if (each.enum) {
      return <SelectField key={name} {...props} options={each.enum.map((value) => ({ value, label: value }))} />
    }
    return <TextField key={name} dir="ltr" autoComplete="off" required={schema.required?.includes(name)} {...props} />
  })
}

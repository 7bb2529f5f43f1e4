import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Refused } from '../api/client.ts'

interface ServerForm<Values extends FieldValues> {
  form: UseFormReturn<Values>
  /** What a field is given: its name, how it is heard, and what the server did not take of it. */
  field: (name: Path<Values>) => ReturnType<UseFormReturn<Values>['register']> & { error: string | undefined }
  submit: (event: React.FormEvent) => Promise<void>
  submitting: boolean
  /** What was refused and concerns no field of the form. */
  fault: string | undefined
}

/** A form whose rules are the server's: `save` asks it, and what it refuses stands at the fields. */
export function useServerForm<Values extends FieldValues>(
  defaultValues: DefaultValues<Values>,
  save: (values: Values) => Promise<unknown>,
): ServerForm<Values> {
  const { t } = useTranslation()
  const form = useForm<Values>({ defaultValues })
  const { errors, isSubmitting } = form.formState
  const send = form.handleSubmit(async (values) => {
    try {
      await save(values)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const faults = error.problem?.errors ?? []
      const known = faults.filter(({ path }) => Object.hasOwn(defaultValues, path.split('.')[0] ?? ''))
      for (const [at, { path, message }] of known.entries()) {
        form.setError(path as Path<Values>, { message }, { shouldFocus: at === 0 })
      }
      if (known.length < Math.max(1, faults.length)) {
        const rest = faults.filter((fault) => !known.includes(fault)).map(({ path, message }) => `${path}: ${message}`)
        const said = error.problem?.detail ?? error.problem?.title ?? t('failed.unreachable')
        form.setError('root', { message: [said, ...rest].join(' ') })
      }
    }
  })
  const submit = (event: React.FormEvent) => {
    // What was refused before is no reason not to ask again.
    form.clearErrors()
    return send(event)
  }
  const field = (name: Path<Values>) => ({
    ...form.register(name),
    error: form.getFieldState(name, form.formState).error?.message,
  })
  return { form, field, submit, submitting: isSubmitting, fault: errors.root?.message }
}

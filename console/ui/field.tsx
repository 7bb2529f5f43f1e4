import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

interface FieldProps {
  label: string
  /** What it does, in a sentence. */
  hint?: string | undefined
  error?: string | undefined
  /** The control, given the ids that tie it to its words. */
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

export const control =
  'w-full rounded-lg border border-line-strong bg-surface px-3 py-1.25 text-ink aria-invalid:border-bad disabled:opacity-60'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
}

export function TextField({ label, hint, error, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <input {...ids} {...input} className={clsx(control, className)} />}
    </Field>
  )
}

interface TextAreaFieldProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
}

export function TextAreaField({ label, hint, error, className, ...area }: TextAreaFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <textarea {...ids} rows={6} {...area} className={clsx(control, className)} />}
    </Field>
  )
}

interface SelectFieldProps extends Omit<ComponentProps<'select'>, 'id' | 'children'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
  options: readonly { value: string; label: string }[]
}

export function SelectField({ label, hint, error, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <Select {...ids} {...select} />}
    </Field>
  )
}

/** Stands over what it filters, which shows what it is: its label is only said. */
export function Filter({ label, className, ...select }: Omit<SelectFieldProps, 'hint' | 'error'>) {
  return <Select aria-label={label} {...select} className={clsx('h-9 py-1', className)} />
}

function Select({ options, className, ...select }: Omit<SelectFieldProps, 'label'> & { id?: string }) {
  return (
    <select {...select} className={clsx(control, className)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

interface CheckFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'type'> {
  label: string
  hint?: string | undefined
}

export function CheckField({ label, hint, ...input }: CheckFieldProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
        className="mt-1 size-4 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Contact, NewContact } from '../../api/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useServerForm } from '../../ui/use-form.ts'

export interface Person {
  full_name: string
  phones: string[]
  company: string
  email: string
  city: string
  time_zone: string
}

const texts = ['company', 'email', 'city', 'time_zone'] as const

export const personOf = (contact: Contact | null): Person => ({
  full_name: contact?.full_name ?? '',
  phones: contact?.phones.map(({ number }) => number) ?? [''],
  company: contact?.company ?? '',
  email: contact?.email ?? '',
  city: contact?.city ?? '',
  time_zone: contact?.time_zone ?? '',
})

/** A form of somebody's; numbers that were left blank are none. */
export function usePersonForm(contact: Contact | null, save: (person: NewContact) => Promise<unknown>) {
  const made = useServerForm<Person>(personOf(contact), ({ phones, time_zone, full_name, ...rest }) => {
    const written = phones.filter((phone) => phone.trim() !== '')
    // What the server refuses is told by its place among those that are left.
    made.form.setValue('phones', written.length > 0 ? written : [''])
    // A name that stays as it was stays parted as it was.
    const named = full_name === contact?.full_name ? {} : { full_name }
    return save({ ...rest, ...named, phones: written, time_zone: time_zone || null })
  })
  return made
}

export function PersonFields({ of: { form, field } }: { of: ReturnType<typeof usePersonForm> }) {
  const { t } = useTranslation()
  const phones = form.watch('phones')
  const phonesFault = form.formState.errors.phones?.message
  return (
    <>
      <TextField label={t('contacts.field.full_name')} {...field('full_name')} autoComplete="off" />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 text-sm font-medium">{t('contacts.field.phones')}</legend>
        {phones.map((_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number's place is what it is called by.
          <div key={place} className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <TextField
                label={t('contacts.field.phone', { place: place + 1 })}
                type="tel"
                dir="ltr"
                {...field(`phones.${place}`)}
              />
            </div>
            {phones.length > 1 && (
              <Button
                look="quiet"
                size="icon"
                aria-label={t('contacts.field.removePhone', { place: place + 1 })}
                onClick={() =>
                  form.setValue(
                    'phones',
                    phones.filter((_, other) => other !== place),
                  )
                }
              >
                <X aria-hidden className="size-4" />
              </Button>
            )}
          </div>
        ))}
        {phonesFault && (
          <p role="alert" className="text-sm font-medium text-bad">
            {phonesFault}
          </p>
        )}
        <Button size="small" className="self-start" onClick={() => form.setValue('phones', [...phones, ''])}>
          {t('contacts.field.morePhones')}
        </Button>
      </fieldset>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {texts.map((name) => (
          <TextField
            key={name}
            label={t(`contacts.field.${name}`)}
            {...(name === 'time_zone' && { hint: t('contacts.field.time_zoneHint') })}
            {...field(name)}
          />
        ))}
      </div>
    </>
  )
}

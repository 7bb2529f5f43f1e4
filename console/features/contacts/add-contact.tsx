import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addContact } from '../../api/contacts.ts'
import { urls } from '../../lib/urls.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { PersonFields, usePersonForm } from './person-fields.tsx'

/** Adds somebody by hand and leads to them. */
export function AddContact({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const form = usePersonForm(null, async (person) => {
    const { id } = await addContact(person)
    tell('success', t('contacts.added'))
    await navigate({ to: urls.contact, params: { id } })
  })
  const { submit, submitting, fault } = form
  return (
    <FormDialog
      title={t('contacts.add')}
      submit={t('contacts.save')}
      {...{ submitting, fault, onClose }}
      onSubmit={submit}
    >
      <PersonFields of={form} />
    </FormDialog>
  )
}

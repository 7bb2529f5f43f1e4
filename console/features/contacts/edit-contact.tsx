import { useTranslation } from 'react-i18next'
import { type Contact, changeContact } from '../../api/contacts.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { PersonFields, usePersonForm } from './person-fields.tsx'

export function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation()
  const form = usePersonForm(contact, async (person) => {
    await changeContact(contact.id, person)
    tell('success', t('contacts.changed'))
    onClose()
  })
  const { submit, submitting, fault } = form
  return (
    <FormDialog
      title={t('contacts.edit', { name: contact.full_name })}
      submit={t('contacts.save')}
      {...{ submitting, fault, onClose }}
      onSubmit={submit}
    >
      <PersonFields of={form} />
    </FormDialog>
  )
}

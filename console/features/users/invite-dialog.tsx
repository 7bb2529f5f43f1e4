import { useTranslation } from 'react-i18next'
import { inviteUser, type Role } from '../../api/users.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'
import { roles } from './roles.ts'

interface InviteDialogProps {
  /** With the link that lets them in. */
  onInvited: (link: string | null) => void
  onClose: () => void
}

export function InviteDialog({ onInvited, onClose }: InviteDialogProps) {
  const { t } = useTranslation()
  const values = { name: '', email: '', role: 'agent' as Role }
  const { form, field, submit, submitting, fault } = useServerForm(values, async (typed) => {
    onInvited(await inviteUser(typed))
    onClose()
  })
  return (
    <FormDialog
      title={t('users.invite')}
      text={t('users.inviteText')}
      submit={t('users.invite')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('users.name')} autoComplete="off" required {...field('name')} />
      <TextField label={t('users.email')} type="email" dir="ltr" autoComplete="off" required {...field('email')} />
      <SelectField
        label={t('users.role')}
        hint={t(`users.may.${form.watch('role')}`)}
        options={roles.map((value) => ({ value, label: t(`users.roles.${value}`) }))}
        {...field('role')}
      />
    </FormDialog>
  )
}

import { useTranslation } from 'react-i18next'
import { type AgentSession, sendMessage } from '../../api/agent-sessions.ts'
import { TextAreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { useServerForm } from '../../ui/use-form.ts'

/** Says something to one agent, on their screen. */
export function MessageDialog({ session, onClose }: { session: AgentSession; onClose: () => void }) {
  const { t } = useTranslation()
  const { field, submit, submitting, fault } = useServerForm({ text: '' }, async ({ text }) => {
    await sendMessage(session.id, text)
    tell('success', t('wallboard.told', { count: 1 }))
    onClose()
  })
  return (
    <FormDialog
      title={t('wallboard.messageTo', { name: session.agent_name })}
      submit={t('wallboard.send')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextAreaField label={t('wallboard.text')} maxLength={2000} {...field('text')} />
    </FormDialog>
  )
}

import { useTranslation } from 'react-i18next'
import { type AgentSession, orderAgent } from '../../api/agent-sessions.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

/** Signs an agent off, after the call in hand, and says why. */
export function SignOffDialog({ session, onClose }: { session: AgentSession; onClose: () => void }) {
  const { t } = useTranslation()
  const { field, submit, submitting, fault } = useServerForm({ reason: '' }, async ({ reason }) => {
    await orderAgent(session.id, { order: 'sign-off', reason })
    onClose()
  })
  return (
    <FormDialog
      title={t('wallboard.signOffWhom', { name: session.agent_name })}
      text={t('wallboard.signOffMore')}
      submit={t('wallboard.signOff')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('wallboard.reason')} maxLength={200} {...field('reason')} />
    </FormDialog>
  )
}

import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageAll } from '../../api/agent-sessions.ts'
import type { Me } from '../../api/me.ts'
import { Button } from '../../ui/button.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { tell } from '../../ui/tell.ts'
import { useServerForm } from '../../ui/use-form.ts'

/** Says something to everybody at the phone, or to the team that is shown. */
export function TeamMessage({ me, team }: { me: Me; team: string | undefined }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const barred = me.may.includes('agent-sessions.supervise') ? null : t('wallboard.barred.role')
  return (
    <>
      <Button barred={barred} onClick={() => setOpen(true)}>
        <MessagesSquare aria-hidden className="size-4" />
        {t(team === undefined ? 'wallboard.messageAll' : 'wallboard.messageTeam')}
      </Button>
      {open && <MessageForm team={team} onClose={() => setOpen(false)} />}
    </>
  )
}

function MessageForm({ team, onClose }: { team: string | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const { field, submit, submitting, fault } = useServerForm({ text: '' }, async ({ text }) => {
    tell('success', t('wallboard.told', { count: await messageAll(team, text) }))
    onClose()
  })
  return (
    <FormDialog
      title={t(team === undefined ? 'wallboard.messageAll' : 'wallboard.messageTeam')}
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

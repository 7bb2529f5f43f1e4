import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Agent, changeAgent, makeAgent } from '../../api/agents.ts'
import { membersQuery } from '../../api/users.ts'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useServerForm } from '../../ui/use-form.ts'

type Place = Agent['reached_at']
const places: readonly Place[] = ['browser', 'extension', 'outside']

/** A new agent, or one that is changed: who it is, where they are reached, what they can talk about. */
export function AgentForm({ agent, onClose }: { agent?: Agent; onClose: () => void }) {
  const { t } = useTranslation()
  const members = useQuery(membersQuery)
  const values = {
    name: agent?.name ?? '',
    reached_at: agent?.reached_at ?? ('browser' as Place),
    extension: agent?.extension ?? '',
    phone_number: agent?.phone_number ?? '',
    user_id: agent?.user_id ?? '',
    skills: agent?.skills.join(', ') ?? '',
    active: agent?.active ?? true,
  }
  const { form, field, submit, submitting, fault } = useServerForm(values, async (said) => {
    const at = said.reached_at
    const body = {
      ...{ name: said.name, reached_at: at, active: said.active, user_id: said.user_id || null },
      ...{
        extension: at === 'extension' ? said.extension : null,
        phone_number: at === 'outside' ? said.phone_number : null,
      },
      skills: said.skills
        .split(',')
        .map((skill) => skill.trim())
        .filter((skill) => skill !== ''),
    }
    await (agent ? changeAgent(agent.id, body) : makeAgent(body))
    onClose()
  })
  const at = form.watch('reached_at')
  const nobody = { value: '', label: t('agents.form.nobody') }
  const users = (members.data?.data ?? []).map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))
  return (
    <FormDialog
      title={agent ? t('agents.form.change', { name: agent.name }) : t('agents.new')}
      text={t('agents.form.about')}
      submit={t('agents.form.keep')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('agents.form.name')} autoComplete="off" {...field('name')} />
      <SelectField
        label={t('agents.form.reachedAt')}
        options={places.map((value) => ({ value, label: t(`agents.place.${value}`) }))}
        {...field('reached_at')}
      />
      {at === 'extension' && <TextField label={t('agents.form.extension')} dir="ltr" {...field('extension')} />}
      {at === 'outside' && (
        <TextField label={t('agents.form.number')} type="tel" dir="ltr" {...field('phone_number')} />
      )}
      {/* Anew once the members are there: until then a select has no such choice. */}
      <SelectField
        key={users.length}
        label={t('agents.form.user')}
        hint={t('agents.form.userHint')}
        options={[nobody, ...users]}
        {...field('user_id')}
      />
      <TextField label={t('agents.form.skills')} hint={t('agents.form.skillsHint')} {...field('skills')} />
      <CheckField label={t('agents.form.active')} {...form.register('active')} />
    </FormDialog>
  )
}

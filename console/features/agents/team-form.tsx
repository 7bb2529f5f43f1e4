import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, changeTeam, makeTeam, type Team } from '../../api/agents.ts'
import { CheckList } from '../../ui/check-list.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { More } from '../../ui/more.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { useServerForm } from '../../ui/use-form.ts'

/** A new team, or one that is changed: its name and who is in it. */
export function TeamForm({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useTranslation()
  const agents = useInfiniteQuery(agentsQuery(''))
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set(team?.agent_ids))
  const { field, submit, submitting, fault } = useServerForm({ name: team?.name ?? '' }, async ({ name }) => {
    await (team ? changeTeam(team.id, name, [...members]) : makeTeam(name, [...members]))
    onClose()
  })
  return (
    <FormDialog
      title={team ? t('agents.team.change', { name: team.name }) : t('agents.team.new')}
      submit={t('agents.form.keep')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('agents.form.name')} autoComplete="off" {...field('name')} />
      <Loaded of={agents} shape={<Skeleton className="h-24" />}>
        {({ pages }) => (
          <CheckList
            label={t('agents.team.members', { count: members.size })}
            options={pages.flatMap(({ data }) => data)}
            chosen={members}
            onChoose={setMembers}
          >
            <More of={agents} />
          </CheckList>
        )}
      </Loaded>
    </FormDialog>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, changeTeam, makeTeam, type Team } from '../../api/agents.ts'
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
  const toggle = (id: string, on: boolean) => {
    const chosen = new Set(members)
    if (on) chosen.add(id)
    else chosen.delete(id)
    setMembers(chosen)
  }
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
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t('agents.team.members', { count: members.size })}</legend>
        <div className="flex max-h-64 flex-col overflow-y-auto rounded-lg border border-line p-2">
          <Loaded of={agents} shape={<Skeleton className="h-24" />}>
            {({ pages }) =>
              pages
                .flatMap(({ data }) => data)
                .map(({ id, name }) => (
                  <label key={id} className="flex items-center gap-2 py-1">
                    <input
                      type="checkbox"
                      className="size-4 accent-accent"
                      checked={members.has(id)}
                      onChange={({ target }) => toggle(id, target.checked)}
                    />
                    <bdi className="truncate">{name}</bdi>
                  </label>
                ))
            }
          </Loaded>
          <More of={agents} />
        </div>
      </fieldset>
    </FormDialog>
  )
}

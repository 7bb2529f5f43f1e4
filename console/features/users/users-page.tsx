import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { CircleCheck, CirclePause, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery, useBarred } from '../../api/me.ts'
import { changeUser, type Role, renewInvitation, type User, type UserChange, usersQuery } from '../../api/users.ts'
import { showMoment } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { control } from '../../ui/field.tsx'
import { List } from '../../ui/list.tsx'
import { Once } from '../../ui/once.tsx'
import { Page } from '../../ui/page.tsx'
import type { Column } from '../../ui/table.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { roles } from './roles.ts'

/** Who works here, and what they may. */
export function UsersPage() {
  const { t } = useTranslation()
  const barred = useBarred()
  const { data: me } = useQuery(meQuery)
  const list = useInfiniteQuery(usersQuery)
  const [inviting, setInviting] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: ({ id, ...body }: UserChange & { id: string }) => changeUser(id, body),
    onError: tellRefusal,
  })
  const renew = useMutation({ mutationFn: renewInvitation, onSuccess: setLink, onError: tellRefusal })
  const notMine = barred('users.write')
  const columns: Column<User>[] = [
    { id: 'name', title: t('users.name'), width: 12, cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'email', title: t('users.email'), width: 16, cell: ({ email }) => <bdi dir="ltr">{email}</bdi> },
    {
      id: 'role',
      title: t('users.role'),
      width: 10,
      cell: ({ id, name, role }) => (
        <select
          aria-label={t('users.roleOf', { name })}
          value={role}
          disabled={notMine !== null}
          onChange={({ target }) => change.mutate({ id, role: target.value as Role })}
          className={`${control} h-8 py-0 text-sm`}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {t(`users.roles.${each}`)}
            </option>
          ))}
        </select>
      ),
    },
    {
      id: 'state',
      title: t('users.state'),
      width: 9,
      cell: ({ suspended_at }) =>
        suspended_at === null ? (
          <Badge tone="good" icon={CircleCheck}>
            {t('users.active')}
          </Badge>
        ) : (
          <Badge tone="warn" icon={CirclePause}>
            {t('users.suspended')}
          </Badge>
        ),
    },
    { id: 'since', title: t('users.since'), width: 12, cell: ({ created_at }) => showMoment(created_at) },
    {
      id: 'acts',
      title: t('users.acts'),
      width: 16,
      cell: ({ id, suspended_at }) => (
        <span className="flex gap-1">
          <Button
            look="quiet"
            size="small"
            barred={notMine ?? (id === me?.user.id ? t('users.notYourself') : null)}
            onClick={() => change.mutate({ id, suspended: suspended_at === null })}
          >
            {t(suspended_at === null ? 'users.suspend' : 'users.letIn')}
          </Button>
          <Button look="quiet" size="small" barred={notMine} onClick={() => renew.mutate(id)}>
            {t('users.newLink')}
          </Button>
        </span>
      ),
    },
  ]
  const invite = (
    <Button look="primary" barred={notMine} onClick={() => setInviting(true)}>
      <UserPlus aria-hidden className="size-4" />
      {t('users.invite')}
    </Button>
  )
  return (
    <Page title={t('places.users')} aside={invite}>
      <List
        of={list}
        label={t('places.users')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={null}
      />
      <section className="rounded-xl border border-line bg-surface p-5">
        <h2 className="mb-2 font-semibold">{t('users.matrix')}</h2>
        <dl className="grid grid-cols-1 gap-x-4 gap-y-1 text-sm sm:grid-cols-[8rem_1fr]">
          {roles.map((role) => (
            <div key={role} className="contents">
              <dt className="font-medium">{t(`users.roles.${role}`)}</dt>
              <dd className="text-ink-soft">{t(`users.may.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {inviting && <InviteDialog onInvited={setLink} onClose={() => setInviting(false)} />}
      {link && (
        <Once title={t('users.linkTitle')} text={t('users.linkText')} secret={link} onClose={() => setLink(null)} />
      )}
    </Page>
  )
}

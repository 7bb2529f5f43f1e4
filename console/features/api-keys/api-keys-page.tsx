import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiKey, apiKeysQuery, makeApiKey, type NewApiKey, revokeApiKey } from '../../api/api-keys.ts'
import { useBarred } from '../../api/me.ts'
import { showAgo, showMoment } from '../../lib/format.ts'
import { served } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { List } from '../../ui/list.tsx'
import { Once } from '../../ui/once.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { useServerForm } from '../../ui/use-form.ts'

/** What programs sign in with. */
export function ApiKeysPage() {
  const { t } = useTranslation()
  const barred = useBarred()
  const list = useInfiniteQuery(apiKeysQuery)
  const [adding, setAdding] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const revoke = useMutation({ mutationFn: revokeApiKey, onError: tellRefusal })
  const notMine = barred('api-keys.write')
  const columns: Column<ApiKey>[] = [
    { id: 'name', title: t('apiKeys.name'), width: 14, cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'prefix', title: t('apiKeys.begins'), width: 12, cell: ({ prefix }) => <code dir="ltr">{prefix}</code> },
    {
      id: 'scopes',
      title: t('apiKeys.scopes'),
      width: 12,
      cell: ({ scopes }) => scopes.map((scope) => t(`apiKeys.scope.${scope as Scope}`)).join(', '),
    },
    {
      id: 'used',
      title: t('apiKeys.used'),
      width: 12,
      cell: ({ last_used_at }) => (last_used_at === null ? t('apiKeys.never') : showAgo(last_used_at)),
    },
    { id: 'made', title: t('apiKeys.made'), width: 13, cell: ({ created_at }) => showMoment(created_at) },
    {
      id: 'acts',
      title: t('apiKeys.acts'),
      width: 10,
      cell: (key) =>
        key.revoked_at === null ? (
          <Button look="quiet" size="small" barred={notMine} onClick={() => setRevoking(key)}>
            {t('apiKeys.revoke')}
          </Button>
        ) : (
          t('apiKeys.revoked')
        ),
    },
  ]
  const add = (
    <Button look="primary" barred={notMine} onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      {t('apiKeys.add')}
    </Button>
  )
  return (
    <Page title={t('places.apiKeys')} aside={add}>
      <p className="text-ink-soft">
        {t('apiKeys.hint')}{' '}
        <a href={served.docs} className="text-accent underline">
          {t('apiKeys.docs')}
        </a>
      </p>
      <List
        of={list}
        label={t('places.apiKeys')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={
          <Empty icon={KeyRound} title={t('apiKeys.none')}>
            {t('apiKeys.noneMore')}
          </Empty>
        }
      />
      {adding && <NewKey onMade={setToken} onClose={() => setAdding(false)} />}
      {token && (
        <Once
          title={t('apiKeys.tokenTitle')}
          text={t('apiKeys.tokenText')}
          secret={token}
          onClose={() => setToken(null)}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={t('apiKeys.revokeTitle', { name: revoking.name })}
          text={t('apiKeys.revokeText')}
          confirm={t('apiKeys.revoke')}
          onConfirm={() => revoke.mutate(revoking.id)}
          onClose={() => setRevoking(null)}
        />
      )}
    </Page>
  )
}

type Scope = NewApiKey['scopes'][number]
const scopes = ['read', 'write', 'admin'] as const satisfies readonly Scope[]

function NewKey({ onMade, onClose }: { onMade: (token: string | null) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const values = { name: '', scope: 'write' as Scope }
  const { field, submit, submitting, fault } = useServerForm(values, async ({ name, scope }) => {
    onMade(await makeApiKey({ name, scopes: [scope] }))
    onClose()
  })
  return (
    <FormDialog
      title={t('apiKeys.add')}
      text={t('apiKeys.addText')}
      submit={t('apiKeys.add')}
      submitting={submitting}
      fault={fault}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} required {...field('name')} />
      <SelectField
        label={t('apiKeys.scopes')}
        hint={t('apiKeys.scopeHint')}
        options={scopes.map((value) => ({ value, label: t(`apiKeys.scope.${value}`) }))}
        {...field('scope')}
      />
    </FormDialog>
  )
}

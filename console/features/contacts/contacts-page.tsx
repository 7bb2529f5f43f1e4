import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ContactRound, FileUp, PhoneOutgoing, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactCountQuery, contactsQuery } from '../../api/contacts.ts'
import { recentImportsQuery } from '../../api/imports.ts'
import { useBarred } from '../../api/me.ts'
import { showCount } from '../../lib/format.ts'
import { useKeys } from '../../lib/keys.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { Filter } from '../../ui/field.tsx'
import { List } from '../../ui/list.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { AddContact } from './add-contact.tsx'
import { BulkCallForm } from './bulk-call-form.tsx'
import { useContactColumns } from './columns.tsx'
import { filterOf, readSort, writeSort } from './shown.ts'

const route = getRouteApi(urls.contacts)

/** Everybody who is known: found, chosen, called together. */
export function ContactsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const { q = '', list, sort = '-created_at', hide = '' } = search
  const navigate = route.useNavigate()
  const barred = useBarred()
  const filter = filterOf(search)
  const contacts = useInfiniteQuery(contactsQuery(filter, sort))
  const count = useQuery({ ...contactCountQuery(filter), placeholderData: (before) => before }).data?.count
  const { data: imports } = useQuery(recentImportsQuery)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<'add' | 'call' | null>(null)
  const columns = useContactColumns()
  const hidden = hide.split(',').filter(Boolean)
  const called = chosen.size || (count ?? 0)
  const show = (change: typeof search) => navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  useKeys([
    { id: 'contacts.add', key: 'a', label: t('contacts.add'), run: () => setOpen('add') },
    { id: 'contacts.call', key: 'c', label: t('contacts.bulk.open'), run: () => called > 0 && setOpen('call') },
  ])
  const nobody = called === 0 ? t('contacts.bulk.nobody') : null
  const aside = (
    <div className="flex flex-wrap items-center gap-2">
      <Link to={urls.newImport} className={buttonLook('plain', 'normal')}>
        <FileUp aria-hidden className="size-4" />
        {t('contacts.import')}
      </Link>
      <Button barred={barred('contacts.write')} onClick={() => setOpen('add')}>
        <UserPlus aria-hidden className="size-4" />
        {t('contacts.add')}
      </Button>
      <Button look="primary" barred={barred('campaigns.write') ?? nobody} onClick={() => setOpen('call')}>
        <PhoneOutgoing aria-hidden className="size-4" />
        {called === 0
          ? t('contacts.bulk.open')
          : t('contacts.bulk.openFor', { count: called, shown: showCount(called) })}
      </Button>
    </div>
  )
  const filtered = q !== '' || list !== undefined
  return (
    <Page title={t('places.contacts')} aside={aside}>
      <div className="flex flex-wrap items-center gap-3">
        <SearchBox
          label={t('contacts.search')}
          value={q}
          onSearch={(words) => show({ q: words || undefined })}
          className="w-full sm:w-80"
        />
        <Filter
          label={t('contacts.list')}
          className="sm:w-56"
          value={list ?? ''}
          options={[
            { value: '', label: t('contacts.anyList') },
            ...(imports?.data ?? []).map(({ id, file_name: name, number }) => ({
              value: id,
              label: t('contacts.listName', { name, number }),
            })),
          ]}
          onChange={({ target }) => show({ list: target.value || undefined })}
        />
        <p role="status" className="ms-auto text-sm text-ink-soft">
          {count !== undefined && t('contacts.count', { count, shown: showCount(count) })}
          {chosen.size > 0 && ` · ${t('contacts.chosen', { count: chosen.size, shown: showCount(chosen.size) })}`}
        </p>
        {chosen.size > 0 && (
          <Button size="small" onClick={() => setChosen(new Set())}>
            {t('contacts.chooseNone')}
          </Button>
        )}
        <ColumnsMenu
          columns={columns}
          hidden={hidden}
          onHide={(ids) => show({ hide: ids.length > 0 ? ids.join(',') : undefined })}
        />
      </div>
      <List
        of={contacts}
        which={[filter, sort]}
        label={t('places.contacts')}
        columns={columns.filter(({ id }) => !hidden.includes(id))}
        idOf={({ id }) => id}
        nameOf={({ full_name, phones }) => full_name || phones[0]?.number || ''}
        linkTo={({ id }) => ({ to: urls.contact, params: { id } })}
        total={count}
        sort={{ now: readSort(sort), onSort: (next) => show({ sort: writeSort(next) }) }}
        selection={{ chosen, onChoose: setChosen }}
        empty={
          <Empty icon={ContactRound} title={t(filtered ? 'contacts.noneSuch' : 'contacts.none')}>
            {t(filtered ? 'contacts.noneSuchMore' : 'contacts.noneMore')}
          </Empty>
        }
      />
      {open === 'add' && <AddContact onClose={() => setOpen(null)} />}
      {open === 'call' && (
        <BulkCallForm
          whom={chosen.size > 0 ? { contact_ids: [...chosen] } : { matching: filter }}
          count={called}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { Pencil, Plus, ScrollText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { deleteScript, type Script, scriptsQuery } from '../../api/scripts.ts'
import { showMoment } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { ScriptDialog } from './script-dialog.tsx'

/** What agents read out, in steps that lead from one to another. */
export function ScriptsPage() {
  const { t } = useTranslation()
  const barred = useBarred()
  const list = useQuery(scriptsQuery)
  const [editing, setEditing] = useState<Script | 'new' | null>(null)
  const notMine = barred('scripts.write')
  const add = (
    <Button look="primary" barred={notMine} onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      {t('scripts.add')}
    </Button>
  )
  return (
    <Page title={t('places.scripts')} aside={add}>
      <Loaded of={list}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={ScrollText} title={t('scripts.none')}>
              {t('scripts.noneMore')}
            </Empty>
          ) : (
            <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
              {data.map((script) => (
                <ScriptCard key={script.id} script={script} notMine={notMine} onEdit={() => setEditing(script)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing && <ScriptDialog script={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

interface ScriptCardProps {
  script: Script
  notMine: string | null
  onEdit: () => void
}

function ScriptCard({ script, notMine, onEdit }: ScriptCardProps) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  const remove = useMutation({ mutationFn: deleteScript, onError: tellRefusal })
  return (
    <li className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-5">
      <h2 className="font-semibold" dir="auto">
        {script.name}
      </h2>
      <p className="line-clamp-3 text-sm text-ink-soft" dir="auto">
        {script.steps[0]?.text}
      </p>
      <p className="text-sm text-ink-soft">
        {t('scripts.line', { count: script.steps.length, when: showMoment(script.updated_at) })}
      </p>
      <div className="mt-auto flex gap-2">
        <Button size="small" barred={notMine} onClick={onEdit}>
          <Pencil aria-hidden className="size-4" />
          {t('scripts.change')}
        </Button>
        <Button size="small" look="bad" barred={notMine} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t('scripts.delete')}
        </Button>
      </div>
      {removing && (
        <ConfirmDialog
          title={t('scripts.deleteTitle', { name: script.name })}
          text={t('scripts.deleteText')}
          confirm={t('scripts.delete')}
          onConfirm={() => remove.mutate(script.id)}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  )
}

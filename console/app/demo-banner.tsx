import { useMutation, useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/me.ts'
import { endDemo, goToWorkspace, ownWorkspacesQuery } from '../api/own-workspaces.ts'
import { Button } from '../ui/button.tsx'
import { tellRefusal } from '../ui/tell-refusal.ts'

/** Over every page of the demo, so that nobody takes it for their own; and the way out of it. */
export function DemoBanner({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { data } = useQuery(ownWorkspacesQuery)
  const home = data?.data.find(({ is_demo }) => !is_demo)
  const end = useMutation({ mutationFn: (id: string) => endDemo(me.workspace.id, id), onError: tellRefusal })
  return (
    <aside
      aria-label={t('demo.label')}
      className="flex flex-wrap items-center gap-2 border-b border-info/40 bg-info-soft px-4 py-2 text-sm text-info sm:px-6"
    >
      <p className="me-auto flex items-center gap-2">
        <FlaskConical aria-hidden className="size-4 shrink-0" />
        {t('demo.said')}
      </p>
      {home && (
        <>
          <Button size="small" onClick={() => goToWorkspace(home.id)}>
            {t('demo.leave', { name: home.name })}
          </Button>
          <Button
            size="small"
            look="bad"
            barred={end.isPending ? t('loading') : null}
            onClick={() => end.mutate(home.id)}
          >
            {t('demo.remove')}
          </Button>
        </>
      )}
    </aside>
  )
}

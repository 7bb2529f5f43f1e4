import { useQuery } from '@tanstack/react-query'
import { CircleUser, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Me, signOut } from '../api/me.ts'
import { goToWorkspace, ownWorkspacesQuery } from '../api/own-workspaces.ts'
import { Button } from '../ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel } from '../ui/menu.tsx'
import { type Language, languages, speak } from './i18n.ts'
import { chooseTheme, themes, useTheme } from './theme.ts'

/** Who is signed in, how they like it to look, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const { t, i18n } = useTranslation()
  const theme = useTheme()
  const { data: workspaces } = useQuery(ownWorkspacesQuery)
  const spoken = Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))
  return (
    <Menu
      trigger={
        <Button look="quiet" size="icon" aria-label={t('account.menu', { name: me.user.name })}>
          <CircleUser aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuLabel>{t('account.at', { name: me.user.name, workspace: me.workspace.name })}</MenuLabel>
      {workspaces && workspaces.data.length > 1 && (
        <>
          <MenuLabel>{t('account.workspaces')}</MenuLabel>
          <MenuChoice
            value={me.workspace.id}
            options={workspaces.data.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={goToWorkspace}
          />
        </>
      )}
      <MenuLabel>{t('theme.label')}</MenuLabel>
      <MenuChoice
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChoose={chooseTheme}
      />
      <MenuLabel>{t('account.language')}</MenuLabel>
      <MenuChoice value={i18n.language as Language} options={spoken} onChoose={speak} />
      <MenuItem icon={LogOut} onSelect={signOut}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  )
}

import { Columns3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Menu, MenuCheck } from './menu.tsx'
import type { Column } from './table.tsx'

interface ColumnsMenuProps {
  columns: readonly Pick<Column<never>, 'id' | 'title'>[]
  /** Ids of those that are not shown. */
  hidden: readonly string[]
  onHide: (hidden: string[]) => void
}

/** Which columns of a table are shown; the first always is. */
export function ColumnsMenu({ columns, hidden, onHide }: ColumnsMenuProps) {
  const { t } = useTranslation()
  const toggle = (id: string, shown: boolean) =>
    onHide(shown ? hidden.filter((other) => other !== id) : [...hidden, id])
  return (
    <Menu
      trigger={
        <Button size="small">
          <Columns3 aria-hidden className="size-4" />
          {t('table.columns')}
        </Button>
      }
    >
      {columns.slice(1).map(({ id, title }) => (
        <MenuCheck key={id} checked={!hidden.includes(id)} onCheck={(shown) => toggle(id, shown)}>
          {title}
        </MenuCheck>
      ))}
    </Menu>
  )
}

import { useQuery } from '@tanstack/react-query'
import { BookCheck, CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type RulePack, rulePacksQuery } from '../../api/rules.ts'
import { showPlace } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'

interface Row {
  id: string
  kind: string
  value: unknown
  source: string
  checked: boolean
  state?: string
  voice?: string
  note?: string
}

const rowsOf = (pack: RulePack): Row[] =>
  Object.entries(pack.rules).flatMap(([kind, rows]) => rows.map((row) => ({ kind, ...row }) as Row))

/** Such as `mon-sat 08:00-20:00`, however the rule is written. */
function sayValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, each]) => `${name.replaceAll('_', ' ')} ${Array.isArray(each) ? each.join(', ') : each}`)
    .join('; ')
}

/** The rules that every call is held against, by the pack of a country. */
export function Rules() {
  const packs = useQuery(rulePacksQuery)
  return <Loaded of={packs}>{({ data }) => <PackTabs packs={data} />}</Loaded>
}

function PackTabs({ packs }: { packs: RulePack[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState('us')
  const pack = packs.find(({ id }) => id === chosen) ?? packs[0]
  if (!pack) return null
  return (
    <>
      <Tabs
        label={t('compliance.packs')}
        value={pack.id}
        options={packs.map(({ id }) => ({
          value: id,
          label: id === 'default' ? t('compliance.elsewhere') : id.toUpperCase(),
        }))}
        onChoose={setChosen}
      />
      <p className="text-sm text-ink-soft">
        {t('compliance.version', {
          version: pack.version,
          countries: pack.countries.length === 0 ? t('compliance.noOther') : pack.countries.map(showPlace).join(', '),
        })}
      </p>
      <Table
        label={t('compliance.tab.rules')}
        rows={rowsOf(pack)}
        idOf={({ id, kind }) => `${kind} ${id}`}
        nameOf={({ id }) => id}
        columns={[
          { id: 'id', title: t('compliance.rule'), width: 13, cell: ({ id }) => <code dir="ltr">{id}</code> },
          {
            id: 'value',
            title: t('compliance.value'),
            width: 20,
            cell: ({ value, voice }) => (
              <bdi title={sayValue(value)}>
                {sayValue(value)}
                {voice ? ` (${voice})` : ''}
              </bdi>
            ),
          },
          {
            id: 'source',
            title: t('compliance.source'),
            width: 24,
            cell: ({ source, note }) => (
              <bdi title={note ? `${source}: ${note}` : source}>{note ? `${source}: ${note}` : source}</bdi>
            ),
          },
          {
            id: 'checked',
            title: t('compliance.state'),
            width: 10,
            cell: ({ checked }) =>
              checked ? (
                <Badge tone="good" icon={BookCheck}>
                  {t('compliance.checked')}
                </Badge>
              ) : (
                <Badge tone="warn" icon={CircleHelp}>
                  {t('compliance.unchecked')}
                </Badge>
              ),
          },
        ]}
      />
    </>
  )
}

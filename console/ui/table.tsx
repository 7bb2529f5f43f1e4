import { Link, type LinkProps } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

export interface Column<Row> {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  /** Width in rem where there is room; all shrink and grow alike. */
  width: number
  /** The column can be sorted by, as the server does it. */
  sortable?: boolean
}

export interface Sort {
  by: string
  descending: boolean
}

export interface Selection {
  chosen: ReadonlySet<string>
  onChoose: (chosen: Set<string>) => void
}

export interface TableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  /** Those that were read so far, in the order that they are shown in. */
  rows: readonly Row[]
  idOf: (row: Row) => string
  /** What a row is called, for whoever does not see it. */
  nameOf: (row: Row) => string
  /** Where a row leads; its first cell is the link. */
  linkTo?: (row: Row) => LinkProps
  /** What of all there is, such as filters and order: others begin at the top, these stand where one left them. */
  which?: unknown
  /** All there are, where that is known. */
  total?: number | undefined
  /** There are more, and how to get them: asked when the end comes near. */
  more?: { has: boolean; loading: boolean; load: () => void } | undefined
  sort?: { now: Sort | null; onSort: (sort: Sort) => void } | undefined
  selection?: Selection | undefined
}

const rowPx = 44
/** So far columns shrink before the table scrolls to the side. */
const narrowest = 0.85
/** So many rows before the end the next ones are asked for. */
const ahead = 30

/**
 * A table of any length: only the rows in view are drawn, all of one height. Up and Down go from row to row; the page around it
 * keeps sort, filters and columns in the address.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, idOf, nameOf, linkTo, which, total, more, sort, selection } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  /** The row that the keyboard is on its way to, until it is drawn: a key that is pressed meanwhile goes on from there. */
  const aim = useRef<number | null>(null)
  const inside = useRef(false)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 10,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const wanted = more?.has && !more.loading && last >= rows.length - ahead
  useEffect(() => {
    if (wanted) more?.load()
  }, [wanted, more])

  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const at = (event.target as HTMLElement).closest('tr')?.dataset.index
    if (step === 0 || at === undefined) return
    event.preventDefault()
    const to = Math.min(rows.length - 1, Math.max(0, (aim.current ?? Number(at)) + step))
    aim.current = to
    virtual.scrollToIndex(to)
    const find = () => box.current?.querySelector<HTMLElement>(`tr[data-index="${to}"] :is(a, button, input)`)
    const focus = () => {
      if (aim.current !== to) return
      aim.current = null
      find()?.focus()
    }
    if (find()) focus()
    else requestAnimationFrame(() => requestAnimationFrame(focus))
  }
  // A row that is scrolled out of view takes the focus along: then the table has it, and the keys go on scrolling it.
  useLayoutEffect(() => {
    if (inside.current && document.activeElement === document.body) box.current?.focus({ preventScroll: true })
  })
  const choose = (id: string, on: boolean) => {
    const chosen = new Set(selection?.chosen)
    if (on) chosen.add(id)
    else chosen.delete(id)
    selection?.onChoose(chosen)
  }
  const above = shown[0]?.start ?? 0
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const span = columns.length + (selection ? 1 : 0)
  const rem = columns.reduce((sum, { width }) => sum + width, 0)
  return (
    <section
      ref={box}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
      tabIndex={0}
      // By its place in the page alone the router would give one table the scroll of another.
      data-scroll-restoration-id={encodeURIComponent(JSON.stringify([label, which]))}
      onKeyDown={walk}
      onFocus={() => {
        inside.current = true
      }}
      onBlur={() => {
        inside.current = false
      }}
      className="relative max-h-[calc(100dvh-13rem)] overflow-auto rounded-xl border border-line bg-surface"
    >
      <table
        aria-rowcount={total ?? (more?.has ? -1 : rows.length)}
        className="w-full table-fixed text-sm"
        style={{ minWidth: `${rem * narrowest}rem` }}
      >
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)]">
          <tr className="h-10">
            {selection && (
              <th scope="col" style={{ width: '2.75rem' }} className="px-3 text-start">
                <input
                  type="checkbox"
                  aria-label={t('table.chooseAll')}
                  className="size-4 accent-accent"
                  checked={rows.length > 0 && rows.every((row) => selection.chosen.has(idOf(row)))}
                  onChange={({ target }) => selection.onChoose(new Set(target.checked ? rows.map(idOf) : []))}
                />
              </th>
            )}
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column}
                share={column.width / rem}
                sort={column.sortable ? sort : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Gap px={above} span={span} />}
          {shown.map(({ index }) => {
            const row = rows[index] as Row
            const id = idOf(row)
            return (
              <tr
                key={id}
                data-index={index}
                aria-rowindex={index + 2}
                className="h-11 border-b border-line last:border-0 hover:bg-raised"
              >
                {selection && (
                  <td className="px-3">
                    <input
                      type="checkbox"
                      aria-label={t('table.choose', { name: nameOf(row) })}
                      className="size-4 accent-accent"
                      checked={selection.chosen.has(id)}
                      onChange={({ target }) => choose(id, target.checked)}
                    />
                  </td>
                )}
                <Cells row={row} columns={columns} linkTo={linkTo} />
              </tr>
            )
          })}
          {below > 0 && <Gap px={below} span={span} />}
        </tbody>
      </table>
    </section>
  )
}

interface CellsProps<Row> {
  row: Row
  columns: TableProps<Row>['columns']
  linkTo: TableProps<Row>['linkTo']
}

function CellsOf<Row>({ row, columns, linkTo }: CellsProps<Row>): ReactNode {
  return columns.map((column, at) => (
    <td key={column.id} className="truncate px-3">
      {at === 0 && linkTo ? (
        <Link {...linkTo(row)} className="font-medium text-accent hover:underline">
          {column.cell(row)}
        </Link>
      ) : (
        column.cell(row)
      )}
    </td>
  ))
}

/** Drawn once: while it is scrolled, nothing about a row in view has changed. */
const Cells = memo(CellsOf) as typeof CellsOf

interface HeadingProps<Row> {
  column: Column<Row>
  /** Of the table's width. */
  share: number
  sort: TableProps<Row>['sort']
}

function Heading<Row>({ column, share, sort }: HeadingProps<Row>) {
  const by = sort?.now?.by === column.id ? sort.now : null
  const Arrow = by?.descending ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      style={{ width: `${share * 100}%` }}
      aria-sort={by ? (by.descending ? 'descending' : 'ascending') : undefined}
      className="px-3 text-start font-medium text-ink-soft"
    >
      {sort ? (
        <button
          type="button"
          onClick={() => sort.onSort({ by: column.id, descending: by !== null && !by.descending })}
          className="inline-flex cursor-pointer items-center gap-1 hover:text-ink"
        >
          {column.title}
          <Arrow aria-hidden className={clsx('size-3.5', by === null && 'opacity-0')} />
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

/** Stands for the rows that are out of view. */
function Gap({ px, span }: { px: number; span: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height: px, padding: 0 }} />
    </tr>
  )
}

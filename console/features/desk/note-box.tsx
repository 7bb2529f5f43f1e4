import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../lib/keys.ts'
import { control } from '../../ui/field.tsx'
import { KeyOf } from '../../ui/key-of.tsx'
import type { Draft } from './use-note.ts'

/** What somebody writes down about the call; nobody has to save. */
export function NoteBox({ draft: { text, write, stands } }: { draft: Draft }) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  useKeys([{ id: 'desk.n', key: 'n', label: t('desk.note.label'), run: () => area.current?.focus() }])
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor="note" className="flex items-center justify-between text-sm font-medium">
        {t('desk.note.label')}
        <KeyOf id="desk.n" />
      </label>
      <textarea
        id="note"
        ref={area}
        dir="auto"
        rows={2}
        maxLength={20_000}
        value={text}
        aria-describedby="note-stands"
        onChange={({ target }) => write(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
        className={control}
      />
      <p
        id="note-stands"
        data-note={stands}
        className={stands === 'failed' ? 'text-sm font-medium text-bad' : 'text-sm text-ink-soft'}
      >
        {t(`desk.note.${stands}`)}
      </p>
    </div>
  )
}

import { ClipboardPaste, Download, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import sampleList from '../../../examples/leads.csv?url'
import advanced from '../../../examples/template-advanced.csv?url'
import basic from '../../../examples/template-basic.csv?url'
import { Button } from '../../ui/button.tsx'
import { DropZone } from '../../ui/drop-zone.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { tell } from '../../ui/tell.ts'

/** A file that somebody chose, or made by pasting. */
export interface Chosen {
  /** Tells it from others of the same name. */
  id: string
  file: Blob
  name: string
}

interface ChooseFileProps {
  sending: boolean
  onChoose: (chosen: Chosen) => void
  onSample: (chosen: Chosen) => void
}

const link = 'inline-flex items-center gap-1.5 text-accent underline'

export function ChooseFile({ sending, onChoose, onSample }: ChooseFileProps) {
  const { t } = useTranslation()
  const [pasted, setPasted] = useState('')
  const choose = async (file: Blob, name: string) => {
    const { isWorkbook, readWorkbook } = await import('./workbook.ts')
    if (!(await isWorkbook(file))) return onChoose({ id: crypto.randomUUID(), file, name })
    // What is packed in it may be broken: then it is as unreadable as if it were none.
    const csv = await readWorkbook(file).catch(() => null)
    if (csv === null) return tell('error', t('imports.noWorkbook'), { description: t('imports.noWorkbookMore') })
    onChoose({ id: crypto.randomUUID(), file: csv, name: name.replace(/\.xls[xm]$/i, '.csv') })
  }
  const takeSample = async () => {
    const file = await (await fetch(sampleList)).blob()
    onSample({ id: crypto.randomUUID(), file, name: 'sample-people.csv' })
  }
  return (
    <div className="flex flex-col gap-4">
      <DropZone
        title={t(sending ? 'imports.sending' : 'imports.drop')}
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        onFile={(file) => choose(file, file.name)}
      >
        {t('imports.dropHint')}
      </DropZone>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 text-sm">
        <a href={basic} download="people-basic.csv" className={link}>
          <Download aria-hidden className="size-4" />
          {t('imports.templateBasic')}
        </a>
        <a href={advanced} download="people-advanced.csv" className={link}>
          <Download aria-hidden className="size-4" />
          {t('imports.templateAdvanced')}
        </a>
      </div>
      <details className="rounded-xl border border-line bg-surface px-4 py-3">
        <summary className="flex cursor-pointer items-center gap-2 font-medium">
          <ClipboardPaste aria-hidden className="size-4 text-ink-soft" />
          {t('imports.paste')}
        </summary>
        <div className="mt-3 flex flex-col items-start gap-3">
          <div className="w-full">
            <TextAreaField
              label={t('imports.pasted')}
              hint={t('imports.pastedHint')}
              dir="auto"
              value={pasted}
              onChange={({ target }) => setPasted(target.value)}
            />
          </div>
          <Button
            barred={pasted.trim() === '' ? t('imports.pasteFirst') : null}
            onClick={() => choose(new Blob([pasted], { type: 'text/csv' }), t('imports.pastedName'))}
          >
            {t('imports.look')}
          </Button>
        </div>
      </details>
      <div className="flex flex-wrap items-center gap-3">
        <Button barred={sending ? t('imports.sending') : null} onClick={takeSample}>
          <UsersRound aria-hidden className="size-4" />
          {t('imports.sample')}
        </Button>
        <p className="text-sm text-ink-soft">{t('imports.sampleHint')}</p>
      </div>
    </div>
  )
}

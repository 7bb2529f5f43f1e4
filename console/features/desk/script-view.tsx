import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RenderedStep, ScreenPop } from '../../api/agent-frames.ts'
import { Button } from '../../ui/button.tsx'
import { SearchBox } from '../../ui/search-box.tsx'

/** So many steps are still seen at a glance; of more, one searches. */
const atAGlance = 4

/** What to say, a step at a time; what is not known of the person stands as a gap. */
export function ScriptView({ script }: Pick<ScreenPop, 'script'>) {
  const { t } = useTranslation()
  const [at, setAt] = useState<string | null>(null)
  const [words, setWords] = useState('')
  if (script === null) return <p className="text-sm text-ink-soft">{t('desk.script.none')}</p>
  if ('faults' in script) {
    return (
      <p className="rounded-lg bg-bad-soft p-3 text-sm text-bad">
        {t('desk.script.faulty')} {script.faults.map(({ message }) => message).join(' ')}
      </p>
    )
  }
  const { steps } = script
  const step = steps.find(({ key }) => key === at) ?? steps[0]
  const found =
    words === '' ? [] : steps.filter(({ key, text }) => `${key} ${text}`.toLowerCase().includes(words.toLowerCase()))
  const go = (key: string) => {
    setAt(key)
    setWords('')
  }
  return (
    <div className="rounded-xl bg-raised p-4">
      {steps.length > atAGlance && (
        <SearchBox key={at} label={t('desk.script.search')} value={words} onSearch={setWords} className="mb-3 block" />
      )}
      {found.length > 0 && (
        <ul className="mb-3 flex flex-col gap-1">
          {found.map(({ key, text }) => (
            <li key={key}>
              <button
                type="button"
                dir="auto"
                className="w-full cursor-pointer truncate rounded px-2 py-1 text-start text-sm hover:bg-surface"
                onClick={() => go(key)}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
      {step && <Step step={step} onGo={go} />}
      {step && step !== steps[0] && (
        <Button look="quiet" size="small" className="mt-3" onClick={() => go(steps[0]?.key ?? '')}>
          {t('desk.script.again')}
        </Button>
      )}
    </div>
  )
}

function Step({ step, onGo }: { step: RenderedStep; onGo: (key: string) => void }) {
  return (
    <>
      <p dir="auto" className="text-lg leading-relaxed whitespace-pre-wrap wrap-anywhere">
        <WithGaps text={step.text} missing={step.missing} />
      </p>
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {step.branches.map(({ label, goes_to }) => (
          <Button key={label} size="small" onClick={() => onGo(goes_to)}>
            {label}
          </Button>
        ))}
      </div>
    </>
  )
}

function WithGaps({ text, missing }: { text: string; missing: readonly string[] }) {
  const { t } = useTranslation()
  const gaps = missing.map((field) => `[${field}]`)
  const parts = gaps.reduce<string[]>(
    (all, gap) => all.flatMap((part) => (gaps.includes(part) ? [part] : cut(part, gap))),
    [text],
  )
  return parts.map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text stand in one order.
    if (!gaps.includes(part)) return <Fragment key={index}>{part}</Fragment>
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <mark key={index} title={t('desk.script.gap')} className="rounded bg-warn-soft px-1 text-warn">
        {part}
      </mark>
    )
  })
}

const cut = (part: string, gap: string) =>
  part.split(gap).flatMap((piece, place) => (place === 0 ? [piece] : [gap, piece]))

import { Gavel, type LucideIcon, MessageSquareText, PhoneForwarded, Radio, Tag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showMomentIn } from '../../lib/days.ts'
import type { Moment } from './story.ts'

const icons: Record<Moment['kind'], LucideIcon> = {
  rule: Gavel,
  told: Radio,
  act: PhoneForwarded,
  note: MessageSquareText,
  meant: Tag,
}

/** What happened, from the first moment on. */
export function Timeline({ moments, zone }: { moments: readonly Moment[]; zone: string }) {
  const { t } = useTranslation()
  return (
    <ol className="flex flex-col">
      {moments.map(({ id, at, kind, title, text }) => {
        const Icon = icons[kind]
        return (
          <li key={id} className="group relative flex gap-3 pb-4 last:pb-0">
            <span aria-hidden className="absolute start-4 top-8 bottom-0 w-px bg-line group-last:hidden" />
            <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-raised">
              <Icon aria-hidden className="size-4 text-ink-soft" />
            </span>
            <div className="min-w-0 flex-1 pt-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">
                  {title}
                  <span className="sr-only">{` (${t(`calls.moment.${kind}`)})`}</span>
                </span>
                <time dateTime={at} title={at} className="text-sm text-ink-soft">
                  {showMomentIn(at, zone)}
                </time>
              </p>
              {text && (
                <p dir="auto" className="text-sm wrap-anywhere whitespace-pre-line text-ink-soft">
                  {text}
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

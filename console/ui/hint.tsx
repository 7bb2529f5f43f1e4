import { cloneElement, type ReactElement, type ReactNode, type Ref, useRef } from 'react'
import { later, useLater } from '../lib/later.ts'

const tips = later(() => import('./tip.tsx'))

/** Says more of what it stands around, to pointer and keyboard alike; null says nothing, now. */
export function Hint({ text, children }: { text: ReactNode; children: ReactElement<{ ref?: Ref<HTMLElement> }> }) {
  const parts = useLater(tips, false)
  const before = useRef<HTMLElement>(null)
  // Hundreds of buttons that can always be used go without.
  const needed = useRef(false)
  needed.current ||= text !== null
  if (parts === null || !needed.current) return cloneElement(children, { ref: before })
  return (
    <parts.Tip text={text} focused={before.current !== null && before.current === document.activeElement}>
      {children}
    </parts.Tip>
  )
}

import { useCallback, useEffect, useRef, useState } from 'react'
import { keepNote } from '../../api/calls-in-hand.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import type { Desk } from './use-desk.ts'

const everyMs = 2_000

const keptAs = (callId: string) => `outdial.note.${callId}`

export interface Draft {
  text: string
  write: (text: string) => void
  stands: 'empty' | 'saving' | 'saved' | 'failed'
}

/**
 * A note about a call, kept by the server while it is written; until it has it, no next call comes over it. What was typed in
 * the seconds before is in the browser's storage as well: a crash gives nobody the time to send it. It is cleared there as soon
 * as the server has it, for it says something of a person.
 */
export function useNote(callId: string, before: { id: string; content: string } | null, desk: Desk): Draft {
  const { session, link, ask } = desk
  const [text, setText] = useState(() => localStorage.getItem(keptAs(callId)) ?? before?.content ?? '')
  const [saved, setSaved] = useState(before?.content ?? '')
  const [failed, setFailed] = useState(false)
  const note = useRef({ id: before?.id ?? null, text, saved, busy: false })
  const dirty = text !== saved && text.trim() !== ''

  const save = useCallback(async () => {
    const now = note.current
    const content = now.text
    if (now.busy || content === now.saved || content.trim() === '') return
    now.busy = true
    const kept = await keepNote(callId, now.id, content).catch(() => null)
    now.busy = false
    // Said beside the text; it stays here, holds the next call back and is sent again.
    setFailed(kept === null)
    if (kept === null) return
    now.id = kept
    now.saved = content
    setSaved(content)
    if (now.text === content) localStorage.removeItem(keptAs(callId))
  }, [callId])

  useEffect(() => {
    if (!dirty) return
    const timer = setInterval(save, everyMs)
    return () => clearInterval(timer)
  }, [dirty, save])
  useEffect(() => () => void save(), [save])

  const holds = session.call_id === callId && (session.state === 'on_call' || session.state === 'wrap_up')
  useEffect(() => {
    if (holds && link === 'open' && session.unsaved !== dirty)
      ask({ type: 'unsaved', unsaved: dirty }).catch(tellRefusal)
  }, [holds, link, dirty, session.unsaved, ask])

  const write = (written: string) => {
    note.current.text = written
    setText(written)
    localStorage.setItem(keptAs(callId), written)
  }
  return { text, write, stands: dirty ? (failed ? 'failed' : 'saving') : text.trim() === '' ? 'empty' : 'saved' }
}

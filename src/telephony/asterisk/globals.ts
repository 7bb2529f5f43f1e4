/**
 * What a PBX keeps for us beside its channels, as global variables: it is there for every process, and gone with the PBX.
 * Not as channels' own variables: once one of them was set from outside, the PBX no longer lets that channel write its end
 * into the book.
 */
import { z } from 'zod'
import type { Asking } from './asking.ts'

/**
 * `talk`: of an attempt. `phone`: of a browser's phone, until when its account holds. The others are of a leg: the attempt it
 * joined last, that it is muted, or without a voice.
 */
type Kind = 'talk' | 'phone' | 'call' | 'muted' | 'voiceless'

const nameOf = (kind: Kind, id: string) => `OUTDIAL_${kind.toUpperCase()}_${id}`

export function openGlobals({ ask, read }: Asking) {
  return {
    kept: (kind: Kind, id: string) =>
      read('asterisk/variable', z.object({ value: z.string() }), { variable: nameOf(kind, id) }),
    /** Null takes it away. */
    keep: (kind: Kind, id: string, value: string | null) =>
      ask('POST', 'asterisk/variable', {
        query: { variable: nameOf(kind, id), ...(value === null ? {} : { value }) },
      }),
  }
}

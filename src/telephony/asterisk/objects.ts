/** What a PBX is configured with while it runs: objects in its memory, gone with it. */
import { z } from 'zod'
import type { LineAnswer } from '../http-line.ts'
import type { Asking } from './asking.ts'

type Kind = 'auth' | 'aor' | 'endpoint' | 'registration'

const endpoint = z.object({ resource: z.string(), channel_ids: z.array(z.string()) })

export function openObjects({ ask, read }: Asking) {
  const at = (kind: Kind, id: string) => `asterisk/config/dynamic/res_pjsip/${kind}/${encodeURIComponent(id)}`
  return {
    /** Made, or changed as a whole. */
    putObject(kind: Kind, id: string, wanted: Record<string, string>): Promise<LineAnswer> {
      const fields = Object.entries(wanted).map(([attribute, value]) => ({ attribute, value }))
      return ask('PUT', at(kind, id), { body: { fields } })
    },
    /** 404 when there is none. */
    removeObject: (kind: Kind, id: string) => ask('DELETE', at(kind, id)),
    endpoints: () => read('endpoints/PJSIP', z.array(endpoint)),
    endpoint: (id: string) => read(`endpoints/PJSIP/${encodeURIComponent(id)}`, endpoint),
  }
}

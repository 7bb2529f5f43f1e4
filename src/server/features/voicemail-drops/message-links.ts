import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sendAudio } from '../../http/audio.ts'
import { answerNowhere } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { openDropLink } from './drop-audio.ts'

const address = z.object({ workspace_id: z.uuid(), id: z.uuid(), token: z.string().regex(/^[\w-]{40,200}$/) })

/** Where carriers fetch a message that they are to play. An address that does not fit is no address at all. */
export function serveMessages(app: FastifyInstance, house: ServerDeps): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: '/messages/:workspace_id/:id/:file',
    schema: { hide: true },
    async handler(request, reply) {
      const { file = '', ...rest } = request.params as Record<string, string>
      const read = address.safeParse({ ...rest, token: file.replace(/\.wav$/, '') })
      const audio = read.success ? await openDropLink(house, read.data) : null
      return audio === null ? answerNowhere(request, reply) : sendAudio(request, reply, audio, house.objects)
    },
  })
}

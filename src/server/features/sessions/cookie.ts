import type { FastifyReply } from 'fastify'
import { sessionCookie } from '../../http/auth.ts'
import type { ServerDeps } from '../../http/house.ts'
import { sessionMs } from './sign-in.ts'

function attributes({ config }: ServerDeps) {
  const secure = config.tls !== null || (config.public_url?.startsWith('https://') ?? false)
  return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
}

export function giveCookie(house: ServerDeps, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookie, token, { ...attributes(house), maxAge: sessionMs / 1000 })
}

export function takeCookieBack(house: ServerDeps, reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, attributes(house))
}

/**
 * The server: HTTP in, answers out. It recognises who asks, checks what they send, lets a feature do it and turns what
 * comes back into an answer. It decides nothing about calling, keeps no state that another process could not rebuild,
 * and never answers with another workspace's rows.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import cors, { type FastifyCorsOptions } from '@fastify/cors'
import helmet from '@fastify/helmet'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { addressInDialect } from '../dialects/addresses.ts'
import { takeCarrierCallbacks } from '../dialects/callcampaign/carrier-callbacks.ts'
import { serveDialects } from '../dialects/dialects.ts'
import { servePhoneSocket } from '../features/phone-accounts/socket.ts'
import { signInPages } from '../features/sessions/page.ts'
import { serveMessages } from '../features/voicemail-drops/message-links.ts'
import { registerApi } from './api.ts'
import { createAuthenticator } from './auth.ts'
import { serveConsole } from './console.ts'
import { serveDocs } from './docs.ts'
import { answerNowhere, handleError } from './errors.ts'
import { answerHealth } from './health.ts'
import { createHintRunner, type HintRunner } from './hint-runner.ts'
import type { ServerDeps } from './house.ts'
import { createLiveHub, type LiveHub } from './live.ts'
import { answerMetrics } from './metrics.ts'
import { takeWebhooks } from './webhooks.ts'

export interface Server {
  app: FastifyInstance
  /** What its features work with. */
  house: ServerDeps
  /** Begins to listen; gives the address under which people reach the server. */
  listen(): Promise<string>
  publicUrl(): string
  live: Pick<LiveHub, 'wake'>
  hints: HintRunner
  /** From now on `/readyz` says no; requests are still answered. */
  beginDrain(): void
  close(): Promise<void>
}

const bodyLimit = 1_048_576
/** A browser names its key as one sub-protocol and must be answered with another; no frame of a client is longer. */
const sockets = {
  maxPayload: 16_384,
  handleProtocols: (offered: Set<string>) => ['outdial.v1', 'sip'].find((name) => offered.has(name)) ?? false,
} as const
/** Slow senders are let go; an upload keeps its connection as long as bytes arrive. */
const timeouts = { connectionTimeout: 0, requestTimeout: 0, keepAliveTimeout: 72_000 }
const headersTimeoutMs = 15_000

/** `describe` is told of the app before it has any route of the API. */
export async function buildServer(
  deps: Omit<ServerDeps, 'publicUrl'>,
  describe?: (app: FastifyInstance) => Promise<void>,
): Promise<Server> {
  const app = createApp(deps)
  const dropSilent = followSilent(app)
  let local: string | null = null
  const publicUrl = () => deps.config.public_url ?? local ?? localAddress(app, deps)
  const house: ServerDeps = { ...deps, publicUrl }
  const authenticator = createAuthenticator(house)
  const hub = createLiveHub(house)
  const hints = createHintRunner(house)
  let draining = false
  app.setErrorHandler(handleError)
  // Before the door: what the door refuses has its socket closed by this.
  if (house.config.role !== 'dialer') await app.register(websocket, { options: sockets })
  await app.register(cookie)
  await app.register(helmet, { contentSecurityPolicy: { directives: policy(house) } })
  answerHealth(app, house, () => draining)
  answerMetrics(app, house, authenticator)
  await app.register(async (door) => takeWebhooks(door, house, hints.wake))
  await app.register(async (door) => takeCarrierCallbacks(door, house))
  serveMessages(app, house)
  if (house.config.role !== 'dialer') {
    if (house.config.cors_origins.length > 0) await app.register(cors, allowedOrigins(house))
    await describe?.(app)
    await app.register(async (api) => registerApi(api, house, hub, authenticator), { prefix: '/api/v1' })
    await app.register(async (phones) => servePhoneSocket(phones, house, authenticator))
    await app.register(async (dialects) => serveDialects(dialects, house, authenticator))
    await app.register(signInPages(house))
    serveDocs(app)
    await serveConsole(app)
  } else app.setNotFoundHandler(answerNowhere)
  await app.ready()
  app.server.headersTimeout = headersTimeoutMs
  return {
    app,
    house,
    async listen() {
      await app.listen({ host: house.config.host, port: house.config.port })
      local = localAddress(app, house)
      return publicUrl()
    },
    publicUrl,
    live: hub,
    hints,
    beginDrain() {
      draining = true
    },
    async close() {
      hub.close()
      const closing = app.close()
      // A connection with an answer still under way falls idle after it, and would be kept for all its keep-alive time.
      const sweep = setInterval(() => {
        app.server.closeIdleConnections()
        dropSilent()
      }, 50)
      await closing.finally(() => clearInterval(sweep))
      await hints.settled()
    },
  }
}

function createApp({ config, log }: Pick<ServerDeps, 'config' | 'log'>): FastifyInstance {
  const { tls } = config
  const options = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    ...timeouts,
    forceCloseConnections: 'idle' as const,
    trustProxy: trustedProxies(config.trust_proxy),
    genReqId: () => randomUUID(),
    rewriteUrl: addressInDialect,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: false },
    onProtoPoisoning: 'error' as const,
    onConstructorPoisoning: 'error' as const,
    clientErrorHandler: answerBrokenRequest,
    // Named here, so that Fastify's own compilers are never loaded.
    schemaController: {
      compilersFactory: {
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => serializerCompiler as never,
      },
    },
  }
  if (tls === null) return Fastify<HttpServer>(options) as unknown as FastifyInstance
  const https = { cert: readFileSync(tls.cert_file), key: readFileSync(tls.key_file) }
  return Fastify<HttpsServer>({ ...options, https }) as unknown as FastifyInstance
}

/**
 * Browsers open connections ahead of what they ask. To Node these are not idle, and a server that closes would wait a minute
 * for them; the returned function ends those that have asked nothing yet.
 */
function followSilent(app: FastifyInstance): () => void {
  const silent = new Set<Socket>()
  app.server.on(app.server instanceof HttpsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  app.addHook('onRequest', (request, _reply, done) => {
    silent.delete(request.raw.socket)
    done()
  })
  return () => {
    for (const socket of silent) socket.destroy()
  }
}

/** Hops are counted from this server outwards. */
function trustedProxies(trust: ServerDeps['config']['trust_proxy']) {
  return typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : (trust as boolean | string[])
}

/** What is not even HTTP gets the shortest answer there is. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** Scripts and styles are ours alone; Swagger UI sets styles of its own, which are harmless without scripts. */
function policy({ config }: ServerDeps) {
  const secure = config.tls !== null || config.public_url?.startsWith('https://')
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    // Over plain http it would turn every asset's address into one that nobody answers.
    upgradeInsecureRequests: secure ? [] : null,
  }
}

/** Pages of the listed origins may use the API with their visitor's session; of any other they hear nothing. */
function allowedOrigins({ config }: ServerDeps): FastifyCorsOptions {
  return {
    origin: async (origin: string | undefined) =>
      origin !== undefined && config.cors_origins.includes(origin) ? origin : false,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['location', 'retry-after', 'idempotency-replayed', 'content-disposition'],
    maxAge: 600,
  }
}

function localAddress(app: FastifyInstance, { config }: Pick<ServerDeps, 'config'>): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const everywhere = config.host === '0.0.0.0' || config.host === '::'
  const host = everywhere ? '127.0.0.1' : config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls === null ? 'http' : 'https'}://${host}:${port}`
}

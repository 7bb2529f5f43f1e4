import { isIPv4, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Authenticator } from './auth.ts'
import { sendProblem } from './errors.ts'
import type { ServerDeps } from './house.ts'
import { isRefusal } from './problems.ts'

/** Seconds; from a quick read to the webhook bar of 200 ms and on to what times out. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10]

/** `/metrics` for Prometheus: by any key, or from this machine when no proxy is trusted, since a proxy is here too. */
export function answerMetrics(app: FastifyInstance, house: ServerDeps, authenticator: Authenticator): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['method', 'route', 'status'] as const
  const registers = [registry]
  const duration = new Histogram({
    name: 'outdial_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames,
    buckets,
    registers,
  })
  const errors = new Counter({
    name: 'outdial_http_errors_total',
    help: 'Answers of 500 and above',
    labelNames,
    registers,
  })
  new Gauge({
    name: 'outdial_database_connections',
    help: 'Connections of the pool, by what they do',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'open' }, house.pool.totalCount)
      this.set({ state: 'idle' }, house.pool.idleCount)
      this.set({ state: 'waited_for' }, house.pool.waitingCount)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    }
    duration.observe(labels, reply.elapsedTime / 1000)
    if (reply.statusCode >= 500) errors.inc(labels)
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const local = house.config.trust_proxy === false && isLoopback(request)
    if (!local) {
      const caller = await authenticator.recognise(request)
      if (isRefusal(caller)) return sendProblem(reply, caller)
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function isLoopback(request: FastifyRequest): boolean {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return (isIPv4(address) && address.startsWith('127.')) || (isIPv6(address) && address === '::1')
}

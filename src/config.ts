/**
 * Duty: every setting of the server, parsed once. In: the environment (and a `.env` file). Out: one typed value,
 * or all faults together. Never: prints a secret's value, reads the environment anywhere else, guesses past a fault.
 */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { hasPlan } from '#domain/phone-number-plan.ts'
import { chooseTimezoneOf } from './country-timezone.ts'

type Environment = Record<string, string | undefined>

export interface ConfigDefaults {
  /** Used when OUTDIAL_DATA_DIR is unset; the machine decides (see store/embedded/folders.ts). */
  data_dir: string
}

export type ConfigReply = { ok: true; config: Config } | { ok: false; faults: string[] }

const flag = z.stringbool({ error: 'must be 1 or 0' })

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,16}$/, error)
    .transform(Number)
    .pipe(z.number({ error }).min(least, error).max(most, error))
}

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

const databaseUrl = z.string().refine(isDatabaseUrl, 'must be a postgresql:// address')

const readableFile = z
  .string()
  .transform((path) => resolve(path))
  .refine(isReadable, { error: 'names a file that can not be read' })

const timezone = z.string().refine(isTimezone, 'must be an IANA zone such as Europe/London')

const country = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine((code) => hasPlan(code) && chooseTimezoneOf(code) !== null, 'must be a country code such as US')

const origins = z
  .string()
  .transform((text) => splitList(text))
  .pipe(z.array(z.string().refine(isOrigin, 'must list origins such as https://app.example.com, with no path')))

/** What Fastify's trustProxy takes: hops in front of us, or the proxies' addresses. */
const trustProxy = z
  .string()
  .transform((text) => readTrust(text))
  .refine(isTrust, 'must be the number of proxies in front (0 for none), or their addresses or networks')
  .transform((trust) => (trust === 0 ? false : trust))

/** A header can carry only this; the key itself is taken as it is, so nothing is trimmed. */
const BEARER_TOKEN = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/

const apiKey = z
  .string()
  .min(32, 'must have at least 32 characters')
  .regex(BEARER_TOKEN, 'may hold only printable ASCII, with no space at either end')

/** `provider=https://host`, several with commas between them. */
const carrierUrls = z
  .string()
  .transform((text) => splitList(text).map((part) => part.split(/=(.*)/s, 2)))
  .refine((pairs) => pairs.every(([name = '', url = '']) => /^[a-z_]+$/.test(name) && isOrigin(url)), {
    error: 'must list addresses such as provider=https://api.example.com, with no path',
  })
  .transform((pairs) => Object.fromEntries(pairs) as Record<string, string>)

const addresses = z
  .string()
  .transform((text) => splitList(text.toLowerCase()))
  .pipe(
    z.array(
      z.string().regex(/^([\w.-]+|\[[0-9a-f:.]+\]):\d{1,5}$/, 'must list addresses such as pbx.example.com:8088'),
    ),
  )

/** One line per setting: `.env.example` documents the same names, and a test compares the two lists. */
const SETTINGS = {
  OUTDIAL_HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'must be a host name or address')
    .default('127.0.0.1'),
  OUTDIAL_PORT: whole(0, 65_535).default(3000),
  OUTDIAL_DATA_DIR: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  OUTDIAL_ROLE: z.enum(['all', 'api', 'dialer'], { error: 'must be all, api or dialer' }).default('all'),
  OUTDIAL_API_KEY: apiKey.optional(),
  OUTDIAL_DEMO: flag.default(true),
  OUTDIAL_DEFAULT_COUNTRY: country.default('US'),
  OUTDIAL_DEFAULT_TIMEZONE: timezone.optional(),
  OUTDIAL_PUBLIC_URL: webUrl.transform((url) => url.replace(/\/+$/, '')).optional(),
  OUTDIAL_CORS_ORIGINS: origins.default([]),
  OUTDIAL_TLS_CERT: readableFile.optional(),
  OUTDIAL_TLS_KEY: readableFile.optional(),
  OUTDIAL_TRUST_PROXY: trustProxy.default(false),
  OUTDIAL_RATE_LIMIT: whole(1, 1_000_000).default(600),
  OUTDIAL_SYSTEM_CONCURRENT_CALLS: whole(1, 1_000_000).optional(),
  OUTDIAL_CARRIER_URLS: carrierUrls.default({}),
  OUTDIAL_AUDIO_DIR: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  OUTDIAL_S3_URL: webUrl.transform((url) => url.replace(/\/+$/, '')).optional(),
  OUTDIAL_S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be a region such as eu-central-1')
    .default('us-east-1'),
  OUTDIAL_S3_ACCESS_KEY_ID: z.string().optional(),
  OUTDIAL_S3_SECRET_ACCESS_KEY: z.string().optional(),
  OUTDIAL_PBX_ADDRESSES: addresses.default(['127.0.0.1:8088', '127.0.0.1:8021']),
  OUTDIAL_SIM_SPEED: z
    .string()
    .transform(Number)
    .pipe(z.number('must be a number').min(0.01, 'must be at least 0.01').max(10_000, 'must be at most 10000'))
    .default(1),
  OUTDIAL_SIM_SEED: whole(0, 4_294_967_295).optional(),
  OUTDIAL_SIM_SCRIPT: readableFile.optional(),
  OUTDIAL_SIM_URL: webUrl.transform((url) => url.replace(/\/+$/, '')).optional(),
  OUTDIAL_SIM_LEDGER: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
}

export const SETTING_NAMES = Object.keys(SETTINGS)

export type Config = ReturnType<typeof shapeConfig>

/** The process environment over the folder's `.env` file: a variable that is set, even to nothing, wins. */
export function loadEnvironment(folder: string, env: Environment): Environment {
  const file = join(folder, '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...env } : env
}

/** Parses every setting; a fault names its variable and never repeats the value. Empty counts as unset. */
export function readConfig(env: Environment, defaults: ConfigDefaults): ConfigReply {
  const given = Object.fromEntries(SETTING_NAMES.map((name) => [name, env[name] || undefined]))
  const parsed = z.object(SETTINGS).safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  faults.push(...findPairFaults(given))
  if (!parsed.success || faults.length > 0) return { ok: false, faults: [...new Set(faults)] }
  return { ok: true, config: shapeConfig(parsed.data, defaults) }
}

function findPairFaults(given: Environment): string[] {
  const faults: string[] = []
  if (Boolean(given.OUTDIAL_TLS_CERT) !== Boolean(given.OUTDIAL_TLS_KEY)) {
    faults.push('OUTDIAL_TLS_CERT and OUTDIAL_TLS_KEY must be set together')
  }
  if (given.DATABASE_OWNER_URL && !given.DATABASE_URL) faults.push('DATABASE_OWNER_URL needs DATABASE_URL beside it')
  const s3 = [given.OUTDIAL_S3_URL, given.OUTDIAL_S3_ACCESS_KEY_ID, given.OUTDIAL_S3_SECRET_ACCESS_KEY].map(Boolean)
  if (s3.includes(true) && s3.includes(false)) {
    faults.push('OUTDIAL_S3_URL, OUTDIAL_S3_ACCESS_KEY_ID and OUTDIAL_S3_SECRET_ACCESS_KEY must be set together')
  }
  return faults
}

function shapeConfig(values: z.output<z.ZodObject<typeof SETTINGS>>, defaults: ConfigDefaults) {
  const { OUTDIAL_TLS_CERT: cert_file, OUTDIAL_TLS_KEY: key_file } = values
  const data_dir = values.OUTDIAL_DATA_DIR ?? resolve(defaults.data_dir)
  return {
    host: values.OUTDIAL_HOST,
    port: values.OUTDIAL_PORT,
    data_dir,
    database:
      values.DATABASE_URL === undefined
        ? null
        : { url: values.DATABASE_URL, owner_url: values.DATABASE_OWNER_URL ?? values.DATABASE_URL },
    role: values.OUTDIAL_ROLE,
    api_key: values.OUTDIAL_API_KEY ?? null,
    demo: values.OUTDIAL_DEMO,
    default_country: values.OUTDIAL_DEFAULT_COUNTRY,
    default_timezone: values.OUTDIAL_DEFAULT_TIMEZONE ?? chooseTimezoneOf(values.OUTDIAL_DEFAULT_COUNTRY) ?? 'UTC',
    /** Null: derived from the host and the port that was really bound. */
    public_url: values.OUTDIAL_PUBLIC_URL ?? null,
    cors_origins: values.OUTDIAL_CORS_ORIGINS,
    tls: cert_file !== undefined && key_file !== undefined ? { cert_file, key_file } : null,
    trust_proxy: values.OUTDIAL_TRUST_PROXY,
    rate_limit_per_minute: values.OUTDIAL_RATE_LIMIT,
    /** Null: no cap over the whole installation, whose row would be one lock for every dial. */
    system_concurrent_calls: values.OUTDIAL_SYSTEM_CONCURRENT_CALLS ?? null,
    /** Where providers' APIs are, by the provider's name, if not at their own addresses. */
    carrier_urls: values.OUTDIAL_CARRIER_URLS,
    /** Where recordings and messages are kept, or pass through on their way to the bucket. */
    audio_dir: values.OUTDIAL_AUDIO_DIR ?? join(data_dir, 'audio'),
    s3: shapeS3(values),
    /** Where trunks may let this server connect to. */
    pbx_addresses: values.OUTDIAL_PBX_ADDRESSES,
    sim: {
      speed: values.OUTDIAL_SIM_SPEED,
      seed: values.OUTDIAL_SIM_SEED ?? null,
      script_file: values.OUTDIAL_SIM_SCRIPT ?? null,
      url: values.OUTDIAL_SIM_URL ?? null,
      ledger_file: values.OUTDIAL_SIM_LEDGER ?? null,
    },
  }
}

/** Null: audio stays in the folder. */
function shapeS3(values: z.output<z.ZodObject<typeof SETTINGS>>) {
  const { OUTDIAL_S3_URL: url, OUTDIAL_S3_ACCESS_KEY_ID: access_key_id, OUTDIAL_S3_REGION: region } = values
  const { OUTDIAL_S3_SECRET_ACCESS_KEY: secret_access_key } = values
  if (url === undefined || access_key_id === undefined || secret_access_key === undefined) return null
  return { url, region, access_key_id, secret_access_key }
}

function isDatabaseUrl(text: string): boolean {
  // A socket's address has no host before the slash: postgresql://user@/database?host=/run/postgresql
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text.replace('@/', '@socket/'))
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text
}

function readTrust(text: string): number | string[] {
  // `true` means the one proxy that most installations have; trusting every hop would let a caller name its address.
  if (text === 'true') return 1
  if (text === 'false') return 0
  return /^\d+$/.test(text) ? Number(text) : splitList(text)
}

function isTrust(trust: number | string[]): boolean {
  if (typeof trust === 'number') return trust <= 10 // nobody stands behind more proxies than that
  return trust.length > 0 && trust.every(isNetwork)
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

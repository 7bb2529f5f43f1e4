/** What a PBX of one's own is run with: a file that is written at its first start, and may be changed then. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What goes into a configuration file as it is: nothing in it may begin another line, section or comment. */
const plain = z.string().regex(/^[A-Za-z0-9._:@+-]{1,100}$/, 'may have letters, digits and . _ : @ + - alone')
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'begins with a letter and has small letters, digits and - alone')
/** An extension, or the name of somebody's phone. */
const phone_name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/, 'has letters, digits and - alone')
const port = z.number().int().min(1).max(65_535)

const pbx_settings = z
  .strictObject({
    /** Of the control interface; on loopback. */
    http_port: port,
    /** Of the manager interface; on loopback, and nobody has to use it. */
    manager_port: port,
    password: plain,
    sip: z.strictObject({ address: plain, port }),
    rtp: z.strictObject({ first: port, last: port }),
    /** Where calls go out: a SIP provider or a gateway; with a password it is told who calls. */
    trunks: z.array(
      z.strictObject({
        name,
        host: plain,
        port: port.default(5060),
        username: plain.optional(),
        password: plain.optional(),
      }),
    ),
    /** Of agents and whom calls may be put through to; each registers by its name and password. */
    phones: z.array(z.strictObject({ name: phone_name, password: plain })).default([]),
  })
  .refine(
    ({ trunks, phones }) =>
      new Set([...trunks, ...phones].map(({ name }) => name)).size === trunks.length + phones.length,
    {
      path: ['phones'],
      message: 'no two trunks or phones may have one name',
    },
  )
export type PbxSettings = z.output<typeof pbx_settings>

export type PbxReading = { ok: true; settings: PbxSettings } | { ok: false; refusal: string }

const usual = (): PbxSettings => ({
  http_port: 8088,
  manager_port: 5038,
  password: randomBytes(24).toString('hex'),
  sip: { address: '127.0.0.1', port: 5060 },
  rtp: { first: 20_000, last: 30_000 },
  trunks: [],
  phones: [],
})

export const settingsFile = (folder: string) => join(folder, 'pbx.json')

/** Reads a folder's settings; where there are none yet, they are made, with a password of their own. */
export function readPbxSettings(folder: string): PbxReading {
  const file = settingsFile(folder)
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(usual(), null, 2)}\n`, { mode: 0o600 })
  let given: unknown
  try {
    given = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { ok: false, refusal: `${file} is no JSON` }
  }
  const read = pbx_settings.safeParse(given)
  if (read.success) return { ok: true, settings: read.data }
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return { ok: false, refusal: [`${file} can't be used:`, ...faults].join('\n  ') }
}

/** The files Asterisk is run with, from a PBX's settings. */
import { chmodSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ended_context, ended_dialplan } from '../book.ts'
import { detection_context, detection_dialplan } from '../detection.ts'
import { greeting_context, greeting_dialplan } from '../greetings.ts'
import { account_name, messages_folder } from '../settings.ts'
import type { Unpacked } from './packages.ts'
import type { PbxSettings } from './settings.ts'

/** Modules that would listen or ask outside, and serve nothing here. */
const unwanted = [
  'chan_iax2',
  'chan_unistim',
  'pbx_dundi',
  'res_snmp',
  'res_config_ldap',
  'cdr_radius',
  'cel_radius',
  'res_hep',
]

/** Modules warn of each file they miss; an empty one says that nothing is wanted of them. */
const empty = [
  'acl',
  'amd',
  'ccss',
  'cdr',
  'cel',
  'cli',
  'codecs',
  'features',
  'indications',
  'musiconhold',
  'udptl',
  'stasis',
]

export interface Places {
  /** What it keeps from start to start. */
  state: string
  /** Of its socket: short, because the system allows no path of more than 107 bytes there. */
  run: string
  /** Recordings that calls are to hear, put there by whoever runs it. */
  messages: string
}

/** Writes all files and returns the path of the first, which names the rest. */
export function writeConfiguration(
  settings: PbxSettings,
  { root, modules }: Unpacked,
  { state, run, messages }: Places,
): string {
  const etc = join(state, 'etc')
  rmSync(etc, { recursive: true, force: true })
  for (const folder of [
    etc,
    ...['lib', 'db', 'keys', 'spool/recording', 'log', 'cache'].map((name) => join(state, name)),
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  const sounds = join(state, 'data/sounds')
  rmSync(join(state, 'data'), { recursive: true, force: true })
  for (const folder of [sounds, messages]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const share = join(root, 'usr/share/asterisk')
  for (const source of globSync(join(share, '*')).filter((path) => basename(path) !== 'sounds')) {
    symlinkSync(source, join(state, 'data', basename(source)))
  }
  for (const source of globSync(join(share, 'sounds/*'))) symlinkSync(source, join(sounds, basename(source)))
  symlinkSync(messages, join(sounds, messages_folder))
  const folders = {
    ...{ astetcdir: etc, astmoddir: modules, astvarlibdir: join(state, 'lib'), astdbdir: join(state, 'db') },
    ...{ astkeydir: join(state, 'keys'), astdatadir: join(state, 'data'), astspooldir: join(state, 'spool') },
    ...{ astrundir: run, astlogdir: join(state, 'log'), astcachedir: join(state, 'cache') },
  }
  const files: Record<string, string> = {
    ...Object.fromEntries(empty.map((name) => [name, ''])),
    asterisk: section('directories', folders),
    modules: `${section('modules', { autoload: 'yes' })}${unwanted.map((name) => `noload = ${name}.so\n`).join('')}`,
    logger: section('logfiles', { messages: 'notice,warning,error' }),
    http: section('general', {
      enabled: 'yes',
      bindaddr: '127.0.0.1',
      bindport: settings.http_port,
      sessionlimit: 500,
    }),
    ari:
      section('general', { enabled: 'yes' }) +
      section(account_name, { type: 'user', read_only: 'no', password: settings.password }),
    // Whoever signs on here may read the book of calls, and nothing else.
    manager:
      section('general', {
        enabled: 'yes',
        webenabled: 'yes',
        bindaddr: '127.0.0.1',
        port: settings.manager_port,
        httptimeout: 3600,
      }) + section(account_name, { secret: settings.password, read: '', write: 'reporting' }),
    rtp: section('general', { rtpstart: settings.rtp.first, rtpend: settings.rtp.last }),
    pjsip: describeSip(settings),
    sorcery: describeSources(),
    extensions: [
      `[${ended_context}]\n${ended_dialplan}`,
      `[${detection_context}]\n${detection_dialplan}`,
      `[${greeting_context}]\n${greeting_dialplan}`,
    ].join(''),
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(etc, `${name}.conf`)
    writeFileSync(file, text, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return join(etc, 'asterisk.conf')
}

/** Whatever is made while it runs lies in its memory, and is gone with it. */
function describeSources(): string {
  const described = (module: string, types: string[]) =>
    `[${module}]\n${types.map((type) => `${type} = config,pjsip.conf,criteria=type=${type}\n${type} = memory\n`).join('')}`
  return (
    described('res_pjsip', ['auth', 'aor', 'endpoint']) + described('res_pjsip_outbound_registration', ['registration'])
  )
}

function describeSip({ sip, trunks, phones }: PbxSettings): string {
  const transport = [
    // By its name first: phones in browsers come from this machine, where a trunk may be, too.
    section('global', { type: 'global', endpoint_identifier_order: 'username,ip' }),
    section('udp', { type: 'transport', protocol: 'udp', bind: `${sip.address}:${sip.port}` }),
    section('tcp', { type: 'transport', protocol: 'tcp', bind: `${sip.address}:${sip.port}` }),
    // Over the HTTP server above, which listens on loopback.
    section('ws', { type: 'transport', protocol: 'ws', bind: '127.0.0.1' }),
  ].join('')
  return transport + trunks.map(describeTrunk).join('') + phones.map(describePhone).join('')
}

function describeTrunk({ name, host, port, username, password }: PbxSettings['trunks'][number]): string {
  const signs = username !== undefined && password !== undefined
  return [
    section(name, {
      ...{ type: 'endpoint', transport: 'udp', context: 'refused', aors: name, disallow: 'all', allow: 'ulaw,alaw' },
      // Media passes the PBX, or it could neither bridge nor record.
      ...{ direct_media: 'no', rtp_symmetric: 'yes', ...(signs ? { outbound_auth: name } : {}) },
    }),
    section(name, { type: 'aor', contact: `sip:${host}:${port}` }),
    section(name, { type: 'identify', endpoint: name, match: host }),
    ...(signs ? [section(name, { type: 'auth', auth_type: 'userpass', username, password })] : []),
  ].join('')
}

/** Only called, and only after it has registered: what it dials itself is refused. */
function describePhone({ name, password }: PbxSettings['phones'][number]): string {
  return [
    section(name, {
      ...{ type: 'endpoint', transport: 'udp', context: 'refused', aors: name, auth: name, disallow: 'all' },
      ...{ allow: 'ulaw,alaw', direct_media: 'no', rtp_symmetric: 'yes', force_rport: 'yes', rewrite_contact: 'yes' },
    }),
    section(name, { type: 'aor', max_contacts: 1, remove_existing: 'yes' }),
    section(name, { type: 'auth', auth_type: 'userpass', username: name, password }),
  ].join('')
}

function section(name: string, lines: Record<string, string | number>): string {
  return `[${name}]\n${Object.entries(lines)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')}`
}

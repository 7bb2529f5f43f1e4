/**
 * Asterisk from Debian's packages, unpacked into a folder: nothing is installed on the system and root is not needed.
 * apt fetches them, under a state of its own, and checks Debian's signatures over what it fetched.
 */
import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** In turn: not every release has it. None has a version pinned, because testing moves on. */
const suites = ['forky', 'sid', 'bullseye']
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const fetch_within_ms = 300_000
/** apt's words of what it fetched are long. */
const maxBuffer = 64 * 1024 * 1024

/** What is needed to run the unpacked programs without Debian around them. */
export interface Unpacked {
  root: string
  /** The loader of its own C library. */
  loader: string
  libraries: string[]
  modules: string
}

export type Unpacking = { ok: true; unpacked: Unpacked } | { ok: false; refusal: string }

/** What lies in `folder` is kept; otherwise it is fetched, which takes about 80 MB and half a minute. */
export async function unpackAsterisk(folder: string, say: (line: string) => void): Promise<Unpacking> {
  const root = join(folder, 'root')
  if (!existsSync(root)) {
    const refusal = await fetchInto(folder, root, say)
    if (refusal !== null) return { ok: false, refusal }
  }
  const [loader] = globSync('{usr/,}lib*/**/ld-linux-*.so.*', { cwd: root })
  const [channel] = globSync('usr/lib/**/asterisk/modules/chan_pjsip.so', { cwd: root })
  if (loader === undefined || channel === undefined) {
    return { ok: false, refusal: `${root} holds no Asterisk; remove the folder and try again` }
  }
  const libraries = globSync('{usr/lib,lib}/*-linux-gnu', { cwd: root }).map((path) => join(root, path))
  const modules = join(root, channel, '..')
  return {
    ok: true,
    unpacked: { root, loader: join(root, loader), modules, libraries: [...libraries, join(root, 'usr/lib')] },
  }
}

/** Null when it is there, otherwise why it is not. */
async function fetchInto(folder: string, root: string, say: (line: string) => void): Promise<string | null> {
  if (!existsSync(keyring)) return `no Debian packages can be had here: ${keyring} is missing`
  const mirror = findMirror()
  if (mirror === null) return 'no Debian packages can be had here: the sources of apt name no Debian mirror'
  const failures: string[] = []
  for (const suite of suites) {
    // Of this process alone: another one may fetch at the same time.
    const apt = join(folder, `apt-${process.pid}`)
    const fresh = `${root}.new-${process.pid}`
    try {
      say(`Fetching Asterisk of Debian ${suite} from ${mirror}`)
      await fetchSuite(apt, mirror, suite)
      mkdirSync(fresh)
      for (const name of globSync('cache/archives/*.deb', { cwd: apt }))
        await run('dpkg-deb', ['-x', join(apt, name), fresh])
      // Under its name only once it is whole.
      if (!existsSync(root)) renameSync(fresh, root)
      return null
    } catch (error) {
      const { code, stderr = '', message } = error as NodeJS.ErrnoException & { stderr?: string }
      if (code === 'ENOENT') return `no Debian packages can be had here: ${message}`
      failures.push(`${suite}: ${stderr.trim().split('\n').at(-1) || message}`)
    } finally {
      for (const own of [apt, fresh]) rmSync(own, { recursive: true, force: true })
    }
  }
  return ['no Debian release gives Asterisk:', ...failures].join('\n  ')
}

async function fetchSuite(apt: string, mirror: string, suite: string): Promise<void> {
  for (const place of ['lists/partial', 'cache/archives/partial', 'etc/apt.conf.d', 'etc/preferences.d']) {
    mkdirSync(join(apt, place), { recursive: true })
  }
  const sources = join(apt, 'etc/sources.list')
  writeFileSync(sources, `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`)
  writeFileSync(join(apt, 'status'), '')
  const own = {
    ...{ 'Dir::Etc': join(apt, 'etc'), 'Dir::Etc::sourcelist': sources, 'Dir::Etc::sourceparts': '-' },
    ...{ 'Dir::State::Lists': join(apt, 'lists'), 'Dir::State::status': join(apt, 'status') },
    ...{ 'Dir::Cache': join(apt, 'cache'), 'APT::Install-Recommends': 'false', 'Debug::NoLocking': '1' },
  }
  const options = Object.entries(own).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const limits = { timeout: fetch_within_ms, maxBuffer }
  await run('apt-get', [...options, '-q', '--error-on=any', 'update'], limits)
  await run('apt-get', [...options, '-q', '-y', '--download-only', 'install', 'asterisk'], limits)
}

/** The Debian mirror that this machine uses, from sources in either form. */
function findMirror(): string | null {
  const files = globSync('/etc/apt/{sources.list,sources.list.d/*.list,sources.list.d/*.sources}')
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const addresses = lines.flatMap(
    (line) => /^(?:URIs:|deb\s+(?:\[[^\]]*\]\s*)?)\s*(.*)/.exec(line)?.[1]?.split(/\s+/) ?? [],
  )
  return addresses.find((address) => /^https?:\/\/\S+\/debian\/?$/.test(address)) ?? null
}

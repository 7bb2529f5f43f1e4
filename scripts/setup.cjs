/**
 * Duty: make a fresh clone ready to run, once. In: package-lock.json, the console's sources. Out: node_modules, with Node 24
 * in its .bin, and (unless `--no-console`) the console as browsers take it.
 * Never: touches the network when what is installed already matches the lockfile; runs install scripts of packages; builds
 * what has not changed.
 *
 * Plain old JavaScript, because it runs on whatever Node the system has (14 or newer), before ours is there.
 */
'use strict'

const { execFileSync, spawnSync } = require('node:child_process')
const crypto = require('node:crypto')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const OLDEST_NODE = [22, 18] // the first release line that runs TypeScript without a flag
const KNOWN_FLAGS = ['--no-console']

const root = path.resolve(__dirname, '..')
const modules = path.join(root, 'node_modules')
const stampFile = path.join(modules, '.outdial-setup')
const broughtNode = path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

function fail(lines) {
  console.error(['outdial setup failed:'].concat(lines).join('\n  '))
  process.exit(1)
}

function computeStamp() {
  const lockfile = fs.readFileSync(path.join(root, 'package-lock.json'))
  const hash = crypto.createHash('sha256').update(lockfile).digest('hex')
  return [hash, process.platform, process.arch].join(' ')
}

function isReady(stamp) {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp
}

/** Two servers may be started at once on a fresh clone: one installs, the other waits for it. */
function withLock(work) {
  const owner = process.getuid ? process.getuid() : '' // another user's stale lock could not be removed
  const key = crypto.createHash('sha256').update(`${root}:${owner}`).digest('hex').slice(0, 16)
  const lock = path.join(os.tmpdir(), `outdial-setup-${key}`)
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!isHeld(lock)) fs.rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
  const release = () => fs.rmSync(lock, { force: true })
  process.on('exit', release)
  work()
  release()
  process.removeListener('exit', release)
}

function isHeld(lock) {
  try {
    const pid = Number(fs.readFileSync(lock, 'utf8'))
    // Between creating and writing the file it is empty: its maker is alive.
    if (pid === 0) return Date.now() - fs.statSync(lock).mtimeMs < 2000
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function install(stamp) {
  console.error('outdial: installing (once; well under a minute on a usual line) ...')
  // The npm that runs us, under its own Node; a bare `node scripts/setup.cjs` takes the one on the PATH.
  const byNpm = Boolean(process.env.npm_execpath && process.env.npm_node_execpath)
  const command = byNpm ? process.env.npm_node_execpath : 'npm'
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  // NODE_ENV=production would leave out what `npm test` needs, and the stamp could not tell.
  const args = (byNpm ? [process.env.npm_execpath] : []).concat(flags, ['--include=dev', '--include=optional'])
  const env = Object.assign({}, process.env)
  const shell = !byNpm && process.platform === 'win32'
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', shell })
  if (result.error) fail([`npm could not be run: ${result.error.message}`])
  if (result.status !== 0) {
    const words = (result.stderr + result.stdout).trim().split('\n').slice(-15)
    fail(
      [`\`npm ci\` ended with ${result.signal || result.status}:`].concat(
        words,
        'The first start needs the npm registry; later ones need no network.',
      ),
    )
  }
  settleNode()
  fs.writeFileSync(stampFile, stamp)
}

function versionOf(node) {
  try {
    const shell = process.platform === 'win32'
    const text = execFileSync(node, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell })
    return text.trim().slice(1).split('.').map(Number)
  } catch (_) {
    return null // absent, or built for another C library: not a Node that can be used
  }
}

function isNewEnough(version) {
  if (version === null) return false
  return version[0] > OLDEST_NODE[0] || (version[0] === OLDEST_NODE[0] && version[1] >= OLDEST_NODE[1])
}

/**
 * npm puts node_modules/.bin first on the PATH, so the Node found there wins. It has to go where it can't run
 * (musl) and on macOS, where the packages lag behind, when the system's own is new enough.
 */
function settleNode() {
  const system = versionOf(process.env.npm_node_execpath || process.execPath)
  const brought = versionOf(broughtNode)
  const useSystem = isNewEnough(system) && (brought === null || process.platform === 'darwin')
  if (useSystem) fs.rmSync(broughtNode, { force: true })
  else if (!isNewEnough(brought)) {
    fail([
      'No Node for ' +
        process.platform +
        ' ' +
        process.arch +
        ' comes with Outdial. Install Node ' +
        OLDEST_NODE.join('.') +
        ' or newer.',
    ])
  }
}

/** Every file that the console is built from, in one order. */
function listSources(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .reduce((files, entry) => {
      const file = path.join(folder, entry.name)
      return files.concat(entry.isDirectory() ? listSources(file) : [file])
    }, [])
}

function computeConsoleStamp(stamp) {
  const hash = crypto.createHash('sha256').update(stamp)
  for (const file of listSources(path.join(root, 'console')).concat(listSources(path.join(root, 'sdk')))) {
    hash.update(`${path.relative(root, file)}\n`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}

function buildConsole(stamp) {
  const dist = path.join(root, 'console', 'dist')
  const builtStamp = path.join(dist, '.stamp')
  const wanted = computeConsoleStamp(stamp)
  const isBuilt = () => fs.existsSync(builtStamp) && fs.readFileSync(builtStamp, 'utf8') === wanted
  if (isBuilt()) return
  withLock(() => {
    if (isBuilt()) return
    const vite = path.join(modules, 'vite', 'bin', 'vite.js')
    const node = fs.existsSync(broughtNode) ? broughtNode : process.execPath
    const result = spawnSync(node, [vite, 'build', 'console', '--logLevel', 'error'], { cwd: root, encoding: 'utf8' })
    if (result.error) fail([`the console could not be built: ${result.error.message}`])
    if (result.status !== 0)
      fail(['the console could not be built:'].concat((result.stderr + result.stdout).trim().split('\n')))
    fs.writeFileSync(builtStamp, wanted)
  })
}

const unknown = process.argv.slice(2).filter((flag) => !KNOWN_FLAGS.includes(flag))
if (unknown.length > 0) fail([`unknown flag ${unknown.join(' ')}`])
const stamp = computeStamp()
if (!isReady(stamp)) {
  withLock(() => {
    if (!isReady(stamp)) install(stamp)
  })
}
if (!process.argv.includes('--no-console')) buildConsole(stamp)

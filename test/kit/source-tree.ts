/** The sources as text, with the imports found in them. No compiler: it reads what people read. */
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

export interface SourceFile {
  /** From the checkout, with forward slashes: src/domain/call.ts */
  path: string
  text: string
  imports: Import[]
}

export interface Import {
  /** As written. */
  from: string
  /** The file it means in this checkout; null for a package. */
  target: string | null
  typeOnly: boolean
}

const root = join(import.meta.dirname, '../..')

export function readSources(patterns: string[]): SourceFile[] {
  const paths = globSync(patterns, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' })
  return paths.sort().map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
}

export function parseSource(path: string, text: string): SourceFile {
  return { path, text, imports: /\.tsx?$/.test(path) ? findImports(path, stripComments(text)) : [] }
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}

/** Strings are matched only so that a `//` inside one is not taken for a comment. */
export function stripComments(text: string): string {
  const pieces = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
  return text.replace(pieces, (piece) => (piece.startsWith('/') ? '' : piece))
}

function findImports(path: string, code: string): Import[] {
  const statements = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const calls = /\bimport\(\s*['"]([^'"]+)['"]/g
  const found: Import[] = []
  for (const [, type, from = ''] of code.matchAll(statements)) {
    found.push({ from, target: resolveImport(path, from), typeOnly: type !== undefined })
  }
  for (const [, from = ''] of code.matchAll(calls)) {
    found.push({ from, target: resolveImport(path, from), typeOnly: false })
  }
  return found
}

/** `#room/file.ts` is package.json's imports map: src, but for the kit and the one file of settings. */
function resolveImport(path: string, from: string): string | null {
  if (from.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), from))
  if (!from.startsWith('#')) return null
  if (from === '#config') return 'src/config.ts'
  return from.startsWith('#kit/') ? `test/kit/${from.slice(5)}` : `src/${from.slice(1)}`
}

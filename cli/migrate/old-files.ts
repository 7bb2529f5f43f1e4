import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { fail } from '../connection.ts'

/** One object of an older system's list, or one row of its CSV. */
export type Row = Record<string, unknown>

/** Reads every .json and .csv file of a folder, or one file: list answers, whole or page by page, and exports. */
export function readOldFiles(path: string): Row[] {
  const files = listFiles(path)
  if (files.length === 0) fail(`${path} holds no .json and no .csv file`)
  return files.flatMap((file) => (extname(file).toLowerCase() === '.json' ? readJson(file) : readCsv(file)))
}

function listFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) fail(`${path} is not there`)
  if (stat.isFile()) return [path]
  return readdirSync(path)
    .filter((name) => /\.(json|csv)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

function readJson(file: string): Row[] {
  try {
    return collect(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')))
  } catch (error) {
    return fail(`${file} is no JSON: ${(error as Error).message}`)
  }
}

/** Rows stand in an array, in an answer's arrays, or in an array of such answers; some answers hold the same array twice. */
function collect(value: unknown): Row[] {
  if (Array.isArray(value)) return value.flatMap((each) => (isAnswer(each) ? collect(each) : isRow(each) ? [each] : []))
  if (!isRow(value)) return []
  const seen = new Set<string>()
  return Object.values(value)
    .flatMap((each) => (Array.isArray(each) ? each.filter(isRow) : []))
    .filter((row) => {
      const text = JSON.stringify(row)
      return !seen.has(text) && seen.add(text)
    })
}

const lists = ['results', 'data', 'campaigns', 'contacts', 'calls', 'dispositions', 'agents', 'leads']

function isAnswer(value: unknown): boolean {
  return isRow(value) && lists.some((name) => Array.isArray(value[name]))
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Rows without a column that names their campaign belong to the one after which the file is called. */
function readCsv(file: string): Row[] {
  const text = readFileSync(file, 'utf8')
  const campaign = basename(file, extname(file))
  const columns = (header: string[]) =>
    header.map((name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_'),
    )
  try {
    const rows: Row[] = parse(text, {
      columns,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    })
    return rows.map((row) => ({ campaign, ...row }))
  } catch (error) {
    return fail(`${file} is no CSV: ${(error as Error).message}`)
  }
}

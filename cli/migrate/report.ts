/** What came over, by what it was; and what is left for people to do. */
export interface Line {
  in_source: number
  here: number
  left_out: number
}

export interface Report {
  lines: Map<string, Line>
  /** Values and rows that were left out, each with its reason. */
  notes: string[]
  to_do: string[]
}

const shownNotes = 30

export function newReport(): Report {
  return { lines: new Map(), notes: [], to_do: [] }
}

export function tally(report: Report, what: string, { in_source, here, left_out }: Line): void {
  const line = report.lines.get(what) ?? { in_source: 0, here: 0, left_out: 0 }
  line.in_source += in_source
  line.here += here
  line.left_out += left_out
  report.lines.set(what, line)
}

/** Whether everything of the source is here, or was left out for a reason that is said. */
export function isComplete({ lines }: Report): boolean {
  return [...lines.values()].every(({ in_source, here, left_out }) => in_source === here + left_out)
}

export function printReport(report: Report): void {
  console.table(Object.fromEntries(report.lines))
  for (const line of report.notes.slice(0, shownNotes)) console.log(`  left out: ${line}`)
  if (report.notes.length > shownNotes) console.log(`  and ${report.notes.length - shownNotes} more; --json shows all`)
  console.log(isComplete(report) ? 'everything of the source is accounted for' : 'NOT everything of the source is here')
  if (report.to_do.length > 0) console.log('left to do:')
  for (const [index, line] of report.to_do.entries()) console.log(`  ${index + 1}. ${line}`)
}

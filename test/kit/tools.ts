/** Programs of the system that some suites need. Absent, those suites are skipped by name; under CI they fail. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Tool {
  commands: string[]
  debian: string
}

export const TOOLS = {
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  sipp: { commands: ['sipp'], debian: 'sip-tester' },
  ip: { commands: ['ip'], debian: 'iproute2' },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof TOOLS

export function findTool(name: ToolName): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const places = folders.flatMap((folder) => TOOLS[name].commands.map((command) => join(folder, command)))
  return places.find(isRunnable) ?? null
}

/** For a test's `skip` option: false when the tool is there, otherwise the reason. */
export function requireTool(name: ToolName): false | string {
  if (findTool(name) !== null) return false
  if (process.env.CI === 'true') throw new Error(`${name} is missing, and under CI nothing is skipped`)
  return describeMissing(name)
}

export function describeMissing(name: ToolName): string {
  return `needs ${name}, which is not installed`
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

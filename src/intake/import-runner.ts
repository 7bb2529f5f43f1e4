import { findUnfinishedImports } from '#store/finders.ts'
import type { ImportDeps } from './import.ts'
import { createJobRunner, type JobRunner } from './job-runner.ts'

/** Runs whatever import is unfinished and nobody's. */
export function createImportRunner(deps: ImportDeps): JobRunner {
  return createJobRunner({
    at_once: 2,
    noun: 'an import',
    log: deps.log,
    async find() {
      return (await findUnfinishedImports(deps.pool)).map((key) => ({
        id: key.import_id,
        async run(signal) {
          // Loaded with the first import: encodings and the way of a file are much to hold for a server that reads none.
          const { runImport } = await import('./import.ts')
          await runImport(deps, key, signal)
        },
      }))
    },
  })
}

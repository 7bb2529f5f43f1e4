import { createJobRunner, type JobRunner } from '#intake/job-runner.ts'
import { findUnfinishedSuppressionLists } from '#store/finders.ts'
import type { ListDeps } from './run-list.ts'

/** Reads the files of lists, and clears away what no longer blocks; beside the imports, which may take long. */
export function createListRunner(deps: ListDeps): JobRunner {
  return createJobRunner({
    at_once: 2,
    noun: 'a suppression list',
    log: deps.log,
    async find() {
      return (await findUnfinishedSuppressionLists(deps.pool)).map((key) => ({
        id: key.list_id,
        async run(signal) {
          // Loaded with the first list: encodings are much to hold for a server that reads none.
          const { runList } = await import('./run-list.ts')
          await runList(deps, key, signal)
        },
      }))
    },
  })
}

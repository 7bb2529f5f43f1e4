import type { RefusalForm } from '../../http/errors.ts'
import { problems } from '../../http/problems.ts'

/** A sentence, said twice as older clients look for it in two places, and a code such as CAMPAIGN_NOT_FOUND. */
export const refusals: RefusalForm = ({ refused, detail, members, noun }) => {
  const word = noun === undefined ? refused : `${noun.replaceAll(' ', '-')}-not-found`
  const code = word.toUpperCase().replaceAll('-', '_')
  // Which of the workspace's settings stands in the way, where one does.
  const setting = typeof members.setting === 'string' ? { setting: members.setting } : {}
  return {
    status: problems[refused].status,
    type: 'application/json; charset=utf-8',
    body: { success: false, error: detail, message: detail, code, ...setting },
  }
}

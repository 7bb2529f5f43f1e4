import type { Report } from './report.ts'
import { type Client, failWith, tell } from './take-in.ts'

/** Declares for the workspace on what ground its people may be called; says what is to do where nobody did. */
export async function declareConsent(client: Client, text: string | null, report: Report): Promise<void> {
  const me = await tell(client.GET('/api/v1/me'))
  if ('problem' in me) return failWith(me.problem)
  const { id } = me.data.workspace
  if (text !== null) {
    const body = { consent_declaration: { basis: 'declared at migration', text } }
    const told = await tell(client.PATCH('/api/v1/workspaces/{id}', { params: { path: { id } }, body }))
    if ('problem' in told) return failWith(told.problem)
    return
  }
  const workspace = await tell(client.GET('/api/v1/workspaces/{id}', { params: { path: { id } } }))
  if ('problem' in workspace) return failWith(workspace.problem)
  const declared = workspace.data.consent_declaration
  if (declared === null || declared.simulated === true) {
    report.to_do.push(
      'Say on what ground these people may be called: run this again with --consent "…". AI and recorded voices call nobody over a real line without it.',
    )
  }
}

import { refusals } from '../callcampaign/refusals.ts'
import type { Dialect } from '../dialect.ts'

const basic = ['name', 'phone_number', 'email', 'company', 'notes']
const advanced = [...basic, 'lead_score', 'last_interaction', 'industry', 'deal_size']
/** A number that is kept for examples; no carrier connects it. */
const person = ['Jane Example', '+12125550123', 'jane@example.com', 'Example Ltd', 'Prefers mornings']

const files: Record<string, string[][]> = {
  'call-campaign-basic-template.csv': [basic, person],
  'call-campaign-advanced-template.csv': [advanced, [...person, '85', '2025-09-30', 'Retail', '12000']],
}

/** Files to fill in, for anybody. Further columns may be added: they go with the contact to the agent. */
export const templates: Dialect = {
  prefix: '/templates',
  refusals,
  routes: () => async (app) => {
    for (const [name, rows] of Object.entries(files)) {
      const text = rows.map((row) => `${row.join(',')}\r\n`).join('')
      app.route({
        method: 'GET',
        url: `/${name}`,
        config: { action: 'public' },
        handler: (_request, reply) =>
          reply
            .type('text/csv; charset=utf-8; header=present')
            .header('content-disposition', `attachment; filename="${name}"`)
            .send(text),
      })
    }
  },
}

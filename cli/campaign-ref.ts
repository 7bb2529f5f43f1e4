import { type Connection, expectData, fail } from './connection.ts'

/** A campaign's id from what people say: its number (as shown) or its id. */
export async function findCampaignId({ client }: Connection, said: string): Promise<string> {
  if (/^[0-9a-f-]{36}$/i.test(said)) return said
  if (!/^\d+$/.test(said)) fail(`"${said}" is neither a campaign's number nor its id`)
  let cursor: string | undefined
  do {
    const page = await expectData(
      client.GET('/api/v1/campaigns', {
        params: { query: { sort: 'number', limit: 1000, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    )
    const found = page.data.find((campaign) => campaign.number === Number(said))
    if (found) return found.id
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return fail(`There is no campaign ${said}`)
}

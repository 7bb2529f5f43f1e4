import { api, type Schemas, take } from './client.ts'

export type PhoneAccount = Schemas['PhoneAccount']

/** What one's own phone signs in with, one for each trunk that takes phones; throws `Refused` where none does. */
export async function makePhoneAccounts(as: 'agent' | 'supervisor'): Promise<PhoneAccount[]> {
  return (await take(api.POST('/api/v1/phone-accounts', { body: { as } }))).data
}

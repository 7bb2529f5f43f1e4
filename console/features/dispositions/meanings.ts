/** What may follow from a disposition. */
export const meanings = ['counts_as_contact', 'success', 'final', 'retries', 'blocks_number'] as const

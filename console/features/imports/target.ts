export interface ImportTarget {
  /** The campaign whose leads they become. */
  campaign?: string | undefined
}

const uuid = /^[0-9a-f-]{36}$/

/** What an address says of where an import goes. */
export function readImportTarget({ campaign }: Record<string, unknown>): ImportTarget {
  return typeof campaign === 'string' && uuid.test(campaign) ? { campaign } : {}
}

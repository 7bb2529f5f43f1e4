/** Faults of the moment, after which the same import may well succeed: the connection, the server's stop, a deadlock. */
const passingStates = ['08', '40', '53', '55', '57', '58']
const passingCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EMFILE', 'ENOSPC', 'EIO']

/**
 * What to tell whoever imported, when something broke that no row is to blame for. Null for a fault of the moment: the
 * import stays unfinished and is taken up again.
 */
export function explainFailure(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
    return passingStates.includes(code.slice(0, 2)) ? null : internal
  }
  if (typeof code === 'string' && passingCodes.includes(code)) return null
  if (
    error instanceof Error &&
    /connection (?:terminated|ended|timeout)|timeout exceeded when trying to connect|client was closed/i.test(
      error.message,
    )
  ) {
    return null
  }
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'The file needs too much memory to read. Split it and upload the parts.'
    : internal
}

const internal =
  'The import stopped because of an error of ours, which is in the server’s log. Rows imported until then are kept.'

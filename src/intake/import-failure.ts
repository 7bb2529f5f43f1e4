/** Something broke while the file was read, not while rows went to the database. */
export class ReadingFailure extends Error {
  constructor(cause: unknown) {
    super('a file could not be read', { cause })
  }
}

/** States of the database after which the same import may well succeed: its connection, its stop, a deadlock, its disk. */
const passingStates = ['08', '40', '53', '55', '57', '58']
const passingCodes = ['EMFILE', 'ENFILE', 'EIO', 'EAGAIN', 'ENOMEM']

const internal =
  'The import stopped because of an error of ours, which is in the server’s log. Rows imported until then are kept.'
const tooLarge = 'The file needs too much memory to read. Split it and upload the parts.'

/**
 * What to tell whoever imported, when something broke that no row is to blame for. Null for a fault of the moment: the
 * import stays unfinished and is taken up again when its lease has lapsed.
 */
export function explainFailure(error: unknown): string | null {
  if (error instanceof ReadingFailure) {
    const code = codeOf(error.cause)
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge
    return passingCodes.includes(code) ? null : internal
  }
  const state = codeOf(error)
  // Without a state it is the connection that broke, in one of the many ways connections break.
  return /^[0-9A-Z]{5}$/.test(state) && !/^E[A-Z]{4}$/.test(state) && !passingStates.includes(state.slice(0, 2))
    ? internal
    : null
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

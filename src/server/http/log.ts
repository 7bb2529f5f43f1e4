import pino from 'pino'

export type Log = pino.Logger

/** Phone numbers have at least seven digits; a raw JSON number (`":123`) and parts of ids are left alone. */
const longNumber = /(?<![\w-])(?<!(?<!\\)":)\+?\d{3,}(\d{4})(?![\w-])/g

/** A line of the log with every phone number cut to its last four digits. */
export function cutNumbers(line: string): string {
  return line.replace(longNumber, '…$1')
}

/** The server's log: JSON lines on standard error. Bodies and tokens are never handed to it. */
export function createLog(
  level = process.env.LOG_LEVEL ?? 'warn',
  to: pino.DestinationStream = pino.destination(2),
): Log {
  return pino(
    {
      level: level in pino.levels.values || level === 'silent' ? level : 'warn',
      // Text, so that the time is not taken for a phone number.
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers', 'headers', 'authorization', 'cookie', 'token', '*.token', 'secret', '*.secret'],
      hooks: { streamWrite: cutNumbers },
    },
    to,
  )
}

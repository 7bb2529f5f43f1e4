/** How the embedded server runs: given on its command line, so that a newer Outdial brings its own. */

export interface Durability {
  /** False only for tests and benches whose database is thrown away. */
  durable: boolean
}

const SETTINGS: Record<string, string | number> = {
  listen_addresses: '', // the socket and its peer check are the only door
  unix_socket_permissions: '0700',
  max_connections: 200, // several processes with pools of 20, and room for a shell
  shared_buffers: '128MB', // the operating system's cache does the rest; more would count as our idle memory
  // Nothing replicates from here, so COPY into a table made in the same transaction needs no log.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  max_wal_size: '2GB', // an import of a million rows between two checkpoints
  jit: 'off', // compiling costs more than any of our statements takes
  io_method: 'sync', // no workers to keep in memory: what is read is nearly always cached
  timezone: 'UTC',
  log_timezone: 'UTC',
  // An error's detail quotes keys, which are people's numbers; its statement may too.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] ',
}

const THROWN_AWAY: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

export function listSettings({ durable }: Durability, socketFolder: string): string[] {
  const all = {
    ...SETTINGS,
    unix_socket_directories: socketFolder,
    ...(durable ? { fsync: 'on', synchronous_commit: 'on' } : THROWN_AWAY),
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

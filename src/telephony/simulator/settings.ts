/** How the installation's simulated carrier behaves. */
export interface SimulatorSettings {
  /** For trunks without a speed of their own. */
  speed: number
  seed: string
  script_path: string | null
  /** A carrier process to dial through; null for the carrier inside this process. The paths then are its own affair. */
  url: string | null
  ledger_path: string | null
  journal_path: string | null
  /** Goes with each dial to a carrier process, which signs its webhooks with it. Hexadecimal. */
  secret: string
}

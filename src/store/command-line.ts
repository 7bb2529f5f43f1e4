/** Ends a command that can't do what it was asked, with the reason. */
export function refuse(reason: string): never {
  console.error(reason)
  process.exit(1)
}

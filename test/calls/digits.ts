/** What somebody called does, by the last digit of their number (callee.xml, phones.ts). */
export const digits = {
  ...{ answers: 0, stays: 1, busy: 2, rings_out: 3, rejects: 4, invalid_number: 5, congestion: 6 },
  /** They stay as well: a person who says hello, one who talks on, and a machine with a greeting of 4 s and a beep. */
  ...{ greets: 7, talks: 8, machine: 9 },
} as const

/** Exit codes. */
export const EXIT = {
  done: 0,
  /** The table, the output or the backend cannot be used. */
  input: 1,
  /** The command line cannot be used. */
  usage: 2,
  /** Fitted, but the certificate fails. */
  uncertified: 3,
  /** Stopped by Ctrl-C; what was done may have been printed. */
  interrupted: 130,
} as const;

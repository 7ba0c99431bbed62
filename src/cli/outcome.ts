/** How a command ended, for scripts; printed by `likeness help`. */
export const exitCodes = {
  ok: 0,
  error: 1,
  usage: 2,
  /** verify: no match; identify: no candidate above the threshold. */
  noMatch: 3,
  /** verify and identify: no threshold has been chosen for the model, so there is a score and no decision. */
  undecided: 4,
  /** Ctrl-C, as shells have it: 128 + SIGINT. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command has to say: the same answer as data (--json) and for people. */
export interface Outcome {
  json: unknown;
  text: string;
  exitCode?: ExitCode;
}

/** What either side says about a case, as one line of JSON. */
export interface Outcome {
  /** Seconds by step, once the numbers are in memory. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Of a bootstrap that was not run to its end: the replicates that were timed, their time being scaled to all. */
  readonly timedReplicates?: number;
  readonly figures: Readonly<Record<string, number>>;
  /** Largest resident memory of the process, MB. */
  readonly peakMb: number;
  /** What was resident when the numbers were in memory and nothing was computed, MB. */
  readonly inputMb: number;
  readonly versions: Readonly<Record<string, string>>;
}

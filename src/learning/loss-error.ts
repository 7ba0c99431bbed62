/** Why a batch or a plan cannot be given to a loss. */
export type LossErrorCode =
  | 'not-finite'
  | 'zero-vector'
  | 'label-out-of-range'
  | 'shape-mismatch'
  | 'proxies-missing'
  | 'text-similarity-missing'
  | 'top-k-too-small'
  | 'not-defined-here';

/** A batch no loss can be computed on. `row` is the first offending row of the embeddings, where one is to blame. */
export class LossError extends Error {
  readonly code: LossErrorCode;
  readonly row: number | null;

  constructor(code: LossErrorCode, message: string, row: number | null = null) {
    super(message);
    this.name = 'LossError';
    this.code = code;
    this.row = row;
  }
}

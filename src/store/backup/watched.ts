/** Work of some minutes as its owner sees it. */
export interface Watched {
  /** Aborted: stop, and leave nothing behind. */
  signal?: AbortSignal;
  /** Bytes behind and in all. */
  onProgress?: (done: number, total: number) => void;
}

export interface BackupOrder extends Watched {
  file: string;
  passphrase: string;
}

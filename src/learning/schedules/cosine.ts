/** Half a cosine from 1 down to `finalShare` (SGDR without restarts, Loshchilov and Hutter, ICLR 2017, eq. 5). `progress`: 0 to 1. */
export function cosine({ finalShare }: { finalShare: number }, progress: number): number {
  const cooled = (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
  return finalShare + (1 - finalShare) * cooled;
}

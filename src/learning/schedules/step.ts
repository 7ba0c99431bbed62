/** Times `factor` after every `everyEpochs` epochs. */
export function stepwise({ everyEpochs, factor }: { everyEpochs: number; factor: number }, epoch: number): number {
  return factor ** Math.floor(epoch / everyEpochs);
}

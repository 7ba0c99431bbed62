/** The samples of each class that has any: row numbers by class, in ascending order of the label. */
export function samplesByClass(labels: ArrayLike<number>): Int32Array[] {
  const byLabel = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const rows = byLabel.get(labels[index]!);
    if (rows) rows.push(index);
    else byLabel.set(labels[index]!, [index]);
  }
  return [...byLabel.entries()].sort(([a], [b]) => a - b).map(([, rows]) => Int32Array.from(rows));
}

import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { CheckedBatch } from './loss-batch.ts';
import { countPairs } from './loss-pairs.ts';
import type { PairOutcome, PairTable } from './loss-pairs.ts';
import { ownEntries } from './loss-proxies.ts';
import type { ProxyOutcome } from './loss-proxies.ts';
import { listed, noneSkipped } from './loss-report.ts';
import type { CostlyItem, LossDiagnostics, MeasuredItem } from './loss-report.ts';
import { rolesOf } from './loss-selection.ts';
import type { MeasuredTable, Selection } from './loss-selection.ts';

/** What there is to say without a loss. */
export function describeEmpty({ norms, zeroVectors }: Pick<CheckedBatch, 'norms' | 'zeroVectors'>): LossDiagnostics {
  return {
    items: 0, activeShare: 0, skipped: { ...noneSkipped(), zeroVector: zeroVectors },
    meanPositiveDistance: null, meanNegativeDistance: null,
    meanNorm: norms.length === 0 ? 0 : norms.reduce((sum, norm) => sum + norm, 0) / norms.length,
    costliest: [],
  };
}

interface PairStory {
  /** Roles by label. */
  readonly table: PairTable;
  readonly outcome: PairOutcome;
  readonly mined: { readonly selection: Selection; readonly table: MeasuredTable } | null;
}

export function describePairs(batch: CheckedBatch, { table, outcome, mined }: PairStory): LossDiagnostics {
  const empty = describeEmpty(batch);
  const sphere = onTheSphere(table);
  const byLabel = countPairs(sphere);
  const left = mined ? countPairs({ ...table, role: rolesOf(mined.selection, mined.table) }).paired : byLabel.paired;
  return {
    ...empty, meanPositiveDistance: byLabel.positiveDistance, meanNegativeDistance: byLabel.negativeDistance,
    items: outcome.items, activeShare: outcome.items > 0 ? outcome.active / outcome.items : 0,
    skipped: {
      ...empty.skipped, noPositive: byLabel.noPositive, noNegative: byLabel.noNegative,
      notMined: outcome.notMined + byLabel.paired - left,
    },
    costliest: outcome.costliest.items.map((item) => withCosines(item, sphere)),
  };
}

/** The table of unit rows, whatever the loss compared: distances of runs can be laid over each other. */
export function onTheSphere(table: PairTable): PairTable {
  const { rows, columns, squaredNorm, rowSquaredNorm = squaredNorm } = table;
  const isUnit = (square: number) => square === 1 || square === 0;
  if (squaredNorm.every(isUnit) && rowSquaredNorm.every(isUnit)) return table;
  const inverse = (square: number) => (square > 0 ? 1 / Math.sqrt(square) : 0);
  const [ofRow, ofColumn] = [rowSquaredNorm.map(inverse), squaredNorm.map(inverse)];
  const similarity = new Float32Array(rows * columns);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) similarity[cell] = table.similarity[cell]! * ofRow[row]! * ofColumn[column]!;
  }
  const unit = (square: number) => Number(square > 0);
  return { ...table, similarity, squaredNorm: squaredNorm.map(unit), rowSquaredNorm: rowSquaredNorm.map(unit) };
}

export function withCosines(item: CostlyItem, { columns, similarity }: PairTable): MeasuredItem {
  const cosine = (column: number | null) => (column === null ? null : similarity[item.anchor * columns + column]!);
  return { ...item, positiveCosine: cosine(item.positive), negativeCosine: cosine(item.negative) };
}

interface ProxyStory {
  /** S_ic, [batch, classes × perClass]. */
  readonly similarity: Tensor2D;
  readonly perClass: number;
  readonly outcome: Pick<ProxyOutcome, 'rowLoss' | 'toClasses'>;
}

export function describeProxies(batch: CheckedBatch, { similarity, perClass, outcome }: ProxyStory): LossDiagnostics {
  const { rowLoss } = outcome;
  const rows = rowLoss.length;
  const classes = similarity.shape[1] / perClass;
  const nearest = outcome.toClasses ?? (perClass === 1 ? similarity : tf.max(tf.reshape(similarity, [rows, classes, perClass]), 2) as Tensor2D);
  const own = ownEntries(nearest, batch.labels).reduce((sum, value) => sum + value, 0);
  const all = tf.sum(nearest).dataSync()[0]!;
  return describeRows(batch, { classes, rowLoss, own, all, costliest: costliestRows(nearest, rowLoss, batch.labels) });
}

interface RowsStory {
  readonly classes: number;
  readonly rowLoss: Float64Array;
  /** Σ of the similarities of the rows to their own class, and to all. */
  readonly own: number;
  readonly all: number;
  readonly costliest: readonly MeasuredItem[];
}

export function describeRows(batch: CheckedBatch, { classes, rowLoss, own, all, costliest }: RowsStory): LossDiagnostics {
  const empty = describeEmpty(batch);
  const rows = rowLoss.length;
  const distance = (meanSimilarity: number) => Math.sqrt(Math.max(0, 2 - 2 * meanSimilarity));
  return {
    ...empty, items: rows, activeShare: rowLoss.filter((loss) => loss > 0).length / rows,
    skipped: { ...empty.skipped, noNegative: classes === 1 ? rows : 0 },
    meanPositiveDistance: distance(own / rows),
    meanNegativeDistance: classes === 1 ? null : distance((all - own) / (rows * (classes - 1))),
    costliest,
  };
}

/** The rows that cost most, each with the nearest other class. */
function costliestRows(similarity: Tensor2D, rowLoss: Float64Array, labels: Int32Array): MeasuredItem[] {
  const rows = [...rowLoss.keys()].sort((a, b) => rowLoss[b]! - rowLoss[a]!).slice(0, listed);
  const classes = similarity.shape[1];
  const values = tf.gather(similarity, tf.tensor1d(rows, 'int32')).dataSync();
  return rows.map((row, k) => {
    let rival: number | null = null;
    for (let c = 0; c < classes; c++) {
      if (c !== labels[row] && (rival === null || values[k * classes + c]! > values[k * classes + rival]!)) rival = c;
    }
    const cosine = (c: number) => values[k * classes + c]!;
    return {
      loss: rowLoss[row]!, anchor: row, positive: null, negative: null, rival,
      positiveCosine: cosine(labels[row]!), negativeCosine: rival === null ? null : cosine(rival),
    };
  });
}

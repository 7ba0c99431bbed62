import type { CheckedBatch } from './loss-batch.ts';
import { describeRows } from './loss-describe.ts';
import { listed } from './loss-report.ts';
import type { LossDiagnostics, MeasuredItem } from './loss-report.ts';

/** Numbers of a row, as native/proxy-rows.h writes them. */
const OF_ROW = 5;

/** What a kernel told of a loss over proxies. */
export interface ProxyStory {
  readonly value: number;
  readonly rows: readonly ToldRow[];
}

interface ToldRow {
  readonly loss: number;
  /** The similarity to the own class, and Σ of those to all. */
  readonly own: number;
  readonly all: number;
  /** The nearest other class. */
  readonly rival: number | null;
  readonly rivalSimilarity: number | null;
}

export const valueOf = (numbers: Float64Array): number => numbers[0]!;

export function readProxyStory(numbers: Float64Array): ProxyStory {
  const rows = Array.from({ length: (numbers.length - 1) / OF_ROW }, (_, row) => readRow(numbers.subarray(1 + row * OF_ROW, 1 + (row + 1) * OF_ROW)));
  return { value: valueOf(numbers), rows };
}

function readRow([loss, own, all, rival, similarity]: Float64Array): ToldRow {
  const hasRival = rival! >= 0;
  return { loss: loss!, own: own!, all: all!, rival: hasRival ? rival! : null, rivalSimilarity: hasRival ? similarity! : null };
}

/** The same as `describeProxies` says of the loss without a kernel. */
export function describeProxyStory(batch: CheckedBatch, { rows }: ProxyStory, classes: number): LossDiagnostics {
  const sumOf = (value: (row: ToldRow) => number) => rows.reduce((sum, row) => sum + value(row), 0);
  const costliest = [...rows.keys()].sort((a, b) => rows[b]!.loss - rows[a]!.loss).slice(0, listed);
  return describeRows(batch, {
    classes, rowLoss: Float64Array.from(rows, ({ loss }) => loss), own: sumOf(({ own }) => own), all: sumOf(({ all }) => all),
    costliest: costliest.map((anchor): MeasuredItem => {
      const { loss, own, rival, rivalSimilarity } = rows[anchor]!;
      return { loss, anchor, positive: null, negative: null, rival, positiveCosine: own, negativeCosine: rivalSimilarity };
    }),
  });
}

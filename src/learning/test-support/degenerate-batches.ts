import { entryOf } from '../catalogue.ts';
import type { LossPlan } from '../loss-compute.ts';
import { LossError } from '../loss-error.ts';
import type { LossErrorCode } from '../loss-error.ts';
import type { TextSimilarity } from '../regularizers/language-guidance.ts';
import type { Skipped } from '../loss-report.ts';
import { evaluateLoss } from './evaluate-loss.ts';
import type { Evaluation } from './evaluate-loss.ts';
import { sampleBatch } from './sample-batch.ts';
import type { SampleBatch } from './sample-batch.ts';

/** One of the nine batches that break losses, and what must come of it. */
export interface DegenerateBatch {
  readonly title: string;
  readonly batch: SampleBatch;
  /** Refused with this code, naming this row; what knows no classes (a pair loss) accepts any label. */
  readonly refused?: { readonly code: LossErrorCode; readonly row: number; readonly by: 'every' | 'who knows classes' };
  /** Counts of a pair loss. */
  readonly skipped?: Partial<Skipped>;
  /** Rows that take no gradient. */
  readonly stillRows?: readonly number[];
}

/** The nine, for a loss with so many proxies for each of three classes. */
export function degenerateBatches(perClass: number): readonly DegenerateBatch[] {
  const plain = sampleBatch(7, { rows: 6, width: 4, classes: 3, perClass });
  const withRow = (row: number, values: number[]) => ({ ...plain, embeddings: plain.embeddings.with(row, values) });
  const labelled = (labels: number[]) => ({ ...plain, embeddings: plain.embeddings.slice(0, labels.length), labels });
  return [
    { title: 'no positive pair', batch: labelled([0, 1, 2]), skipped: { noPositive: 3, noNegative: 0 } },
    { title: 'one class only', batch: labelled([0, 0, 0, 0, 0, 0]), skipped: { noPositive: 0, noNegative: 6 } },
    { title: 'one positive and one negative pair', batch: labelled([0, 0, 1]), skipped: { noPositive: 1, noNegative: 0 } },
    { title: 'a class with one image', batch: labelled([0, 0, 1, 1, 2]), skipped: { noPositive: 1 } },
    { title: 'identical embeddings', batch: { ...plain, embeddings: plain.embeddings.map(() => plain.embeddings[0]!) } },
    { title: 'a zero vector', batch: withRow(2, [0, 0, 0, 0]), skipped: { zeroVector: 1 }, stillRows: [2] },
    { title: 'a NaN', batch: withRow(3, [0, NaN, 0, 0]), refused: { code: 'not-finite', row: 3, by: 'every' } },
    { title: 'an infinity', batch: withRow(4, [0, 1, Infinity, 0]), refused: { code: 'not-finite', row: 4, by: 'every' } },
    { title: 'an unseen label', batch: labelled([0, 1, 2, 0, 1, 3]), refused: { code: 'label-out-of-range', row: 5, by: 'who knows classes' } },
    { title: 'an empty batch', batch: labelled([]) },
  ];
}

/**
 * What goes wrong with the nine batches: nothing, for a sound loss.
 *
 * @param textSimilarity of three classes, for language guidance.
 */
export function degenerateComplaints(plan: LossPlan, textSimilarity?: TextSimilarity): string[] {
  const entry = plan.loss && entryOf(plan.loss);
  const perClass = plan.loss && entry?.kind === 'proxies' ? entry.proxies(plan.loss, 1).perClass : 1;
  return degenerateBatches(perClass).flatMap((degenerate) => {
    const { refused } = degenerate;
    const isRefused = refused && (refused.by === 'every' || entry?.kind === 'proxies' || textSimilarity);
    const evaluate = (batch: SampleBatch) => evaluateLoss(plan, batch, textSimilarity && { textSimilarity });
    return isRefused ? refusalComplaints(evaluate, degenerate) : valueComplaints(plan, evaluate, degenerate);
  });
}

type Evaluate = (batch: SampleBatch) => Evaluation;

function refusalComplaints(evaluate: Evaluate, { title, batch, refused }: DegenerateBatch): string[] {
  try {
    evaluate(batch);
  } catch (error) {
    if (error instanceof LossError && error.code === refused!.code && error.row === refused!.row) return [];
    return [`${title}: refused with ${String(error)}`];
  }
  return [`${title}: not refused`];
}

function valueComplaints(plan: LossPlan, evaluate: Evaluate, degenerate: DegenerateBatch): string[] {
  const { title, batch, skipped = {}, stillRows = [] } = degenerate;
  const evaluation = evaluate(batch);
  const complaints = unfinished(evaluation).map((complaint) => `${title}: ${complaint}`);
  const entry = plan.loss && entryOf(plan.loss);
  const isPairs = entry?.kind === 'pairs';
  // Without normalisation a zero vector is a point like any other.
  const isUnit = !(plan.loss && entry?.kind === 'pairs') || entry.isUnit(plan.loss);
  for (const [reason, count] of Object.entries(isPairs ? skipped : {})) {
    const counted = evaluation.diagnostics.skipped[reason as keyof Skipped];
    if (counted !== count) complaints.push(`${title}: ${reason} is ${counted}, not ${count}`);
  }
  for (const row of isUnit ? stillRows : []) {
    if (evaluation.embeddings[row]!.some((value) => value !== 0)) complaints.push(`${title}: row ${row} takes a gradient`);
  }
  if (batch.labels.length === 0 && evaluation.value !== 0) complaints.push(`${title}: costs ${evaluation.value}`);
  return complaints;
}

function unfinished({ value, embeddings, proxies }: Evaluation): string[] {
  return [
    ...(Number.isFinite(value) ? [] : [`value ${value}`]),
    ...(embeddings.flat().every(Number.isFinite) ? [] : ['gradient of the embeddings is not finite']),
    ...((proxies ?? []).flat().every(Number.isFinite) ? [] : ['gradient of the proxies is not finite']),
  ];
}

import type { Recipe } from '../contract/recipe/recipe.ts';
import type { LabelCorrection, ScoredSystem } from '../contract/requests/evaluations.ts';
import { suspectedCopiesWords } from '../contract/suspected-copies.ts';
import { trainedByOthers } from '../contract/training-words.ts';
import { rateWords } from '../evaluation/number-words.ts';
import type { ModelRecord } from '../store/models.ts';
import { listSubjectsSeenInTraining } from '../store/models.ts';
import { counted } from './counted.ts';
import { isPretrained } from './models.ts';
import type { EvaluationOrder } from './run-evaluation.ts';
import type { Workbench } from './workbench.ts';

export interface Observed {
  order: EvaluationOrder;
  system: ScoredSystem;
  /** Paths of what was compared. */
  compared: ReadonlySet<string>;
  failures: { path: string; reason: string }[];
  corrections: LabelCorrection[];
}

/** Nothing of it was trained here, so there is nothing beside it. */
const isTakenAsItIs = (backbone: Recipe['backbone']): boolean => backbone.name === 'pretrained-face' && !backbone.head;

/** A fine-tuned graph's first weights are gone: what it was before its training cannot be measured any more. */
export function canBeUntrained({ recipe: { backbone } }: ModelRecord): boolean {
  return !('fineTune' in backbone && (backbone.fineTune || isTakenAsItIs(backbone)));
}

/** What a reader must know before believing the figures. */
export function evaluationWarnings({ store: { database } }: Workbench, { order, system, compared, failures, corrections }: Observed): string[] {
  const { model, dataset, part } = order;
  const seen = listSubjectsSeenInTraining(database, { modelId: model.id, datasetId: dataset.id, part });
  const warnings: string[] = [];
  if (isPretrained(model)) warnings.push(trainedByOthers(model.name, model.trainedOn));
  if (order.baselines && !canBeUntrained(model)) {
    warnings.push(isTakenAsItIs(model.recipe.backbone)
      ? `There is no untrained network beside ${model.name}: it is a pretrained embedder, and what it was before its training is not known.`
      : `There is no untrained network beside ${model.name}: its backbone is a graph model that was fine-tuned, and the weights it had before are not kept.`);
  }
  if (corrections.length > 0) {
    const leftOut = corrections.filter(({ subject }) => subject === null).length;
    warnings.push(
      `${counted(corrections.length, 'label')} marked as wrong: ${corrections.length - leftOut} corrected, ${leftOut} left out. Marks made after looking at a ` +
        'model\'s errors flatter it: give the figures without corrections as well.',
    );
  }
  if (seen.length > 0) {
    warnings.push(
      `${model.name} was trained on ${seen.length} of these subjects (${seen.slice(0, 3).join(', ')}${seen.length > 3 ? '...' : ''}): ` +
        'the figures are better than they would be on people it has not seen.',
    );
  }
  const copies = dataset.findings.suspectedCopies?.filter(({ path, of }) => compared.has(path) || compared.has(of)) ?? [];
  const suspects = suspectedCopiesWords(copies);
  if (suspects !== null) warnings.push(suspects);
  const weak = system.fnmrAtFmr.filter(({ support }) => support === 'weak').map(({ target }) => rateWords(target));
  if (weak.length > 0) warnings.push(`There are too few comparisons for a firm figure at an FMR of ${weak.join(' and ')}: fewer than 30 false matches are expected.`);
  if (failures.length > 0) {
    const [first] = failures;
    warnings.push(`${counted(failures.length, 'image')} gave no template (failure to acquire) and ${failures.length === 1 ? 'is' : 'are'} not in the error rates; for example ${first!.path}: ${first!.reason}`);
  }
  return warnings;
}

import { properName } from '../contract/recipe/proper-names.ts';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { comparesPictures, lintLoss } from './lint-loss.ts';
import { lintOptimizer } from './lint-optimizer.ts';
import { lintPipeline } from './lint-pipeline.ts';
import type { Modality } from '../contract/vocabulary.ts';
import type { RecipeProblem } from './recipe-problem.ts';
import { error, warning } from './recipe-problem.ts';

/** What the training identities of a dataset look like. */
export interface TrainingSet {
  /** Images of each training identity. */
  sizes: number[];
  validationSubjects: number;
  /** What their pictures show; left out where nobody asked. */
  modality?: Modality;
  /** How many datasets they are from; 1 when left out. */
  datasets?: number;
  /** Columns that all of them have beside path and subject; left out where nobody asked. */
  columns?: readonly string[];
}

/** What a careful colleague would say about a recipe that is valid, and about its dataset where one is chosen. */
export function lintRecipe(recipe: Recipe, dataset: TrainingSet | null): RecipeProblem[] {
  const problems = [...lintPipeline(recipe), ...lintLoss(recipe), ...lintBatch(recipe), ...lintOptimizer(recipe), ...lintLength(recipe), ...lintOfflineMining(recipe)];
  return dataset === null ? problems : [...problems, ...lintAgainstDataset(recipe, dataset)];
}

function lintBatch({ sampler, loss }: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const needsPairs = comparesPictures(loss);
  const name = properName(loss.name);
  if ('samplesPerClass' in sampler && sampler.samplesPerClass < 2 && needsPairs) {
    problems.push(error('sampler.samplesPerClass', `${name} learns from two images of the same person: a batch needs at least 2 samples per class.`));
  }
  if ('classesPerBatch' in sampler && sampler.classesPerBatch < 2 && needsPairs) {
    problems.push(error('sampler.classesPerBatch', `${name} needs images of different people in a batch: at least 2 classes.`));
  }
  if (sampler.name === 'random' && needsPairs) {
    problems.push(warning('sampler', `Random batches hold few images of the same person, from which ${name} learns. m per class is the usual choice.`));
  }
  if (loss.name === 'n-pair' && loss.form === 'batch' && sampler.name !== 'n-pair') {
    problems.push(warning('sampler', 'The batch form of N-pair expects one pair of each class: choose the N-pair sampler.'));
  }
  return problems;
}

function lintLength({ epochs, warmUpEpochs, patience }: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  if (warmUpEpochs >= epochs) {
    problems.push(warning('warmUpEpochs', `With ${warmUpEpochs} warm-up epochs of ${epochs} the backbone never learns.`));
  }
  if (patience !== null && patience >= epochs) {
    problems.push(warning('patience', `A patience of ${patience} epochs has no effect on a run of ${epochs}.`));
  }
  return problems;
}

function lintOfflineMining({ offlineMining, epochs }: Recipe): RecipeProblem[] {
  if (!offlineMining) return [];
  const { afterEpochs, triplets, margin } = offlineMining;
  if (afterEpochs >= epochs) {
    return [warning('offlineMining.afterEpochs', `The first mining is due after epoch ${afterEpochs}, but the run has ${epochs}: nothing is ever mined.`)];
  }
  if (triplets === 'semi-hard' && margin === 0) {
    return [warning('offlineMining.margin', 'A semi-hard band of width 0 holds no triplet. 0.1 to 0.3 is usual for cosine distance.')];
  }
  return [];
}

function lintAgainstDataset({ modality, sampler, patience, schedule, backbone, loss }: Recipe, { sizes, validationSubjects, modality: shown, datasets = 1, columns }: TrainingSet): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  if (shown !== undefined && shown !== modality) {
    problems.push(error('modality', `The recipe is for ${modality}s, and the dataset shows ${shown}s. Set the modality to ${shown}, or choose a dataset of ${modality}s.`));
  }
  if (sampler.name === 'two-branch' && columns?.includes(sampler.column) === false) {
    problems.push(error('sampler.column', `The dataset has no column "${sampler.column}"; it has ${columns.length === 0 ? 'none beside path and subject' : columns.join(', ')}.`));
  }
  const images = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.length < 2) {
    return [error('', `The training part has ${sizes.length} ${sizes.length === 1 ? 'subject' : 'subjects'}; learning to tell people apart needs at least 2.`)];
  }
  if (sizes.every((size) => size < 2)) problems.push(error('', 'No subject of the training part has two images, so there is nothing to pull together.'));
  if ('classesPerBatch' in sampler && sampler.classesPerBatch > sizes.length) {
    problems.push(warning('sampler.classesPerBatch', `A batch asks for ${sampler.classesPerBatch} subjects; the training part has ${sizes.length}.`));
  }
  if ('samplesPerClass' in sampler) {
    const short = sizes.filter((size) => size < sampler.samplesPerClass).length;
    if (short * 2 > sizes.length) {
      problems.push(warning('sampler.samplesPerClass', `${short} of ${sizes.length} subjects have fewer than ${sampler.samplesPerClass} images and repeat them in every batch.`));
    }
  }
  const places = 'batchSize' in sampler ? sampler.batchSize : sampler.classesPerBatch;
  if (places < datasets) {
    problems.push(error('batchSize' in sampler ? 'sampler.batchSize' : 'sampler.classesPerBatch', `A batch of ${places} cannot hold all ${datasets} datasets.`));
  }
  if ('batchSize' in sampler && sampler.batchSize > images) {
    problems.push(warning('sampler.batchSize', `A batch of ${sampler.batchSize} is larger than the training part (${images} images).`));
  }
  if (validationSubjects < 2 && (patience !== null || schedule.name === 'plateau')) {
    problems.push(warning(patience === null ? 'schedule' : 'patience', 'Without two validation subjects there is no validation EER to stop or slow down by.'));
  }
  if (loss.name === 'proxy-gml' && loss.topK === null && Math.ceil(loss.ratio * sizes.length * loss.subProxies) <= loss.subProxies) {
    problems.push(warning('loss.ratio', `Of ${sizes.length} subjects r = ${loss.ratio} shows a sample no more than the N = ${loss.subProxies} sub-proxies of its own class; K = N + 1 is used instead. Raise r above ${Number((1 / sizes.length).toPrecision(2))}.`));
  }
  if (backbone.name.startsWith('resnet') && images < 2000) {
    problems.push(warning('backbone', `${properName(backbone.name)} on ${images} images learns them by heart; the small backbone usually does better on unseen people.`));
  }
  return problems;
}

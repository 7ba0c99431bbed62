import type { LossName, LossRecipe } from '../contract/recipe/losses.ts';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { directionLosses } from '../contract/recipe/regularizers.ts';

export interface RecipeProblem {
  path: string;
  message: string;
  severity: 'error' | 'warning';
}

/** What the training identities of a dataset look like. */
export interface TrainingSet {
  /** Images of each training identity. */
  sizes: number[];
  validationSubjects: number;
  /** How many datasets they are from; 1 when left out. */
  datasets?: number;
}

const proxyLosses: ReadonlySet<LossName> = new Set<LossName>([
  'proxy-nca', 'proxy-nca-plus-plus', 'proxy-anchor', 'proxy-gml', 'arcface', 'cosface', 'soft-triple', 'sub-center-arcface',
]);

/** What a careful colleague would say about a recipe that is valid, and about its dataset where one is chosen. */
export function lintRecipe(recipe: Recipe, dataset: TrainingSet | null): RecipeProblem[] {
  const problems = [...lintLoss(recipe.loss), ...lintBatch(recipe), ...lintLength(recipe), ...lintOfflineMining(recipe), ...lintRegularizers(recipe)];
  return dataset === null ? problems : [...problems, ...lintAgainstDataset(recipe, dataset)];
}

/** The farthest apart that two unit embeddings can be, in the unit of the loss's distance. */
function lintLoss(loss: LossRecipe): RecipeProblem[] {
  const path = 'loss.margin';
  if (loss.name === 'contrastive' && loss.margin >= (loss.variant === 'survey' ? 4 : 2)) {
    return [warning(path, `Unit embeddings are never farther apart than ${loss.variant === 'survey' ? '4 (squared)' : '2'}: with a margin of ${loss.margin} no pair ever satisfies the loss.`)];
  }
  if (loss.name === 'triplet' && loss.margin !== 'soft') {
    const farthest = { 'squared-euclidean': 4, euclidean: 2, cosine: 2 }[loss.distance];
    if (loss.margin >= farthest / 2) {
      return [warning(path, `A margin of ${loss.margin} asks for half of all the room there is (${loss.distance}: 0 to ${farthest}); embeddings tend to collapse. 0.05 to 0.3 is usual.`)];
    }
  }
  return [];
}

function lintBatch({ sampler, loss, optimizer }: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const needsPairs = !proxyLosses.has(loss.name);
  if ('samplesPerClass' in sampler && sampler.samplesPerClass < 2 && needsPairs) {
    problems.push(error('sampler.samplesPerClass', `${loss.name} learns from two images of the same person: a batch needs at least 2 samples per class.`));
  }
  if ('classesPerBatch' in sampler && sampler.classesPerBatch < 2 && needsPairs) {
    problems.push(error('sampler.classesPerBatch', `${loss.name} needs images of different people in a batch: at least 2 classes.`));
  }
  if (sampler.name === 'random' && needsPairs) {
    problems.push(warning('sampler', `Random batches hold few images of the same person, from which ${loss.name} learns. m-per-class is the usual choice.`));
  }
  if (loss.name === 'n-pair' && loss.form === 'batch' && sampler.name !== 'n-pair') {
    problems.push(warning('sampler', 'The batch form of n-pair expects one pair of each class: choose the n-pair sampler.'));
  }
  if (!needsPairs && (optimizer.name === 'adam' || optimizer.name === 'adamw') && optimizer.proxyRate < 10) {
    problems.push(warning('optimizer.proxyRate', 'Proxies usually need 10 to 100 times the learning rate of the network; with less they hardly move.'));
  }
  if ('epsilon' in optimizer && optimizer.epsilon >= 1e-2 && optimizer.learningRate < 1e-2) {
    problems.push(warning('optimizer.epsilon', `An epsilon of ${optimizer.epsilon} damps every step to far below the learning rate of ${optimizer.learningRate}.`));
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

function lintRegularizers({ regularizers, loss }: Recipe): RecipeProblem[] {
  return regularizers.flatMap((regularizer, index) => {
    const path = `regularizers.${index}`;
    if (regularizer.name === 'direction' && !directionLosses.includes(loss.name)) {
      return [error(path, `Direction regularisation is defined for ${directionLosses.join(', ')}; not for ${loss.name}.`)];
    }
    if (regularizer.name === 'language-guidance' && regularizer.weight > 0) {
      return [warning(path, "Names of people carry no meaning: guidance by their texts helps only where the classes' names or metadata do.")];
    }
    return [];
  });
}

function lintAgainstDataset({ sampler, patience, schedule, backbone }: Recipe, { sizes, validationSubjects, datasets = 1 }: TrainingSet): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
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
  if (backbone.name.startsWith('resnet') && images < 2000) {
    problems.push(warning('backbone', `${backbone.name} on ${images} images learns them by heart; the small backbone usually does better on unseen people.`));
  }
  return problems;
}

function warning(path: string, message: string): RecipeProblem {
  return { path, message, severity: 'warning' };
}

function error(path: string, message: string): RecipeProblem {
  return { path, message, severity: 'error' };
}

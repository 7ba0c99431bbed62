import type { Recipe } from '../contract/recipe/recipe.ts';
import type { RecipeProblem } from './recipe-problem.ts';
import { error, warning } from './recipe-problem.ts';

/** What the pretrained embedder takes and gives: pixels a side, and numbers. */
const PRETRAINED = { side: 112, size: 192 };

/** Whether what finds the sample, what the network sees, and the network go together. */
export function lintPipeline(recipe: Recipe): RecipeProblem[] {
  const { input, modality, backbone } = recipe;
  const problems: RecipeProblem[] = [];
  if (input.pipeline !== 'none' && input.pipeline !== modality) {
    problems.push(error('input.pipeline', `The ${input.pipeline} pipeline finds no ${modality}s. Choose the ${modality} pipeline, or none.`));
  }
  return backbone.name === 'pretrained-face' ? [...problems, ...lintPretrained(recipe, backbone)] : problems;
}

function lintPretrained(recipe: Recipe, { head, fineTune }: Extract<Recipe['backbone'], { name: 'pretrained-face' }>): RecipeProblem[] {
  const { input, embeddingSize, warmUpEpochs, augmentation } = recipe;
  const problems: RecipeProblem[] = [];
  if (input.width !== PRETRAINED.side || input.height !== PRETRAINED.side || input.channels !== 3) {
    problems.push(error('input', `The pretrained embedder takes ${PRETRAINED.side} x ${PRETRAINED.side} pixels of 3 channels.`));
  }
  if (input.pipeline === 'none') problems.push(warning('input.pipeline', 'The pretrained embedder learned on aligned faces; without the face pipeline it recognises nobody.'));
  if (!head && embeddingSize !== PRETRAINED.size) {
    problems.push(error('embeddingSize', `Without a layer of its own the embedding has the pretrained embedder's ${PRETRAINED.size} numbers.`));
  }
  if (!head && !fineTune) problems.push(error('backbone', 'Nothing would learn: give it an embedding layer, or fine-tune its weights. As it is, it is under Models already.'));
  if (!head && fineTune && warmUpEpochs > 0) problems.push(error('warmUpEpochs', 'Without an embedding layer nothing can learn while the backbone is frozen.'));
  if (head && !fineTune && Object.entries(augmentation).some(([name, amount]) => name !== 'flip' && amount > 0)) {
    problems.push(warning('augmentation', 'With changed pictures the pretrained embedder works in every step; with none but mirroring its features are computed once, and training takes seconds.'));
  }
  return problems;
}

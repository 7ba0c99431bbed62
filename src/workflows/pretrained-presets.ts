import type { RecipeInput } from '../contract/recipe/recipe.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { RecipePreset } from '../contract/requests/runs.ts';

const still = { flip: 0.5, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0 };
const aligned = { width: 112, height: 112, channels: 3, pipeline: 'face' } as const;
const loss = { name: 'multi-similarity' } as const;

/** Four ways to a network for faces but one form: here are those that begin with the face pipeline. The settings are ours. */
export function pretrainedPresets(): RecipePreset[] {
  return [
    preset('head-on-pretrained', 'Head on pretrained', {
      citation: `Our own setting: an embedding layer ${embedder}; its features are computed once.`,
      input: aligned, backbone: { name: 'pretrained-face' }, embeddingSize: 192, loss, augmentation: still, epochs: 20,
      optimizer: { name: 'adamw', learningRate: 1e-4 },
    }),
    preset('fine-tune-pretrained', 'Fine-tune pretrained', {
      citation: `Our own setting: a few epochs ${embedder}.`,
      input: aligned, backbone: { name: 'pretrained-face', head: false, fineTune: true }, embeddingSize: 192, loss, epochs: 5,
      augmentation: { ...still, brightness: 0.05, contrast: 0.1 }, optimizer: { name: 'adamw', learningRate: 1e-5 },
    }),
    preset('scratch-on-aligned', 'From scratch on aligned faces', { citation: 'Our own setting: the house network on faces that the pipeline has aligned.', input: { pipeline: 'face' }, loss }),
  ];
}

const embedder = 'on MobileFaceNet (Chen et al., CCBR 2018) as the set-up fetches it';

function preset(id: string, title: string, { citation, ...recipe }: Omit<RecipeInput, 'name'> & { citation: string }): RecipePreset {
  return { id, title, citation, recipe: recipeSchema.parse({ ...recipe, name: title }) };
}

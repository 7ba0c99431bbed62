import { recipeSchema } from '../../src/contract/recipe/recipe.ts';
import type { Recipe } from '../../src/contract/recipe/recipe.ts';

/** The recipe of the finger model: the fixed flow of ridges about the core, and an embedding layer that learns. */
export function fingerRecipe({ pipeline, epochs }: { pipeline: 'none' | 'finger'; epochs: number }): Recipe {
  return recipeSchema.parse({
    name: 'Fingers', modality: 'finger',
    input: { width: 160, height: 168, channels: 1, mirror: false, pipeline },
    backbone: { name: 'ridge-flow' }, embeddingSize: 256,
    loss: { name: 'multi-similarity' },
    sampler: { name: 'm-per-class', classesPerBatch: 16, samplesPerClass: 3 },
    optimizer: { name: 'adamw', learningRate: 1e-3 },
    augmentation: { flip: 0, crop: 0.06, rotationDegrees: 8, brightness: 0.1, contrast: 0.2, blur: 0.2, occlusion: 0.6, tiltDegrees: 15, scale: 0.08, distortion: 0.02, defocus: 0.1, glare: 0.1, tone: 0.3 },
    epochs,
  });
}

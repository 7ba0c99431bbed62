import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { createNetwork } from '../../learning/network.ts';
import { writeModel } from '../checkpoints/model-file.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { openBackboneGraph, readBackboneGraph } from '../graph-model/backbone-graph.ts';
import { kernelsOfBackend } from '../kernels/kernels-of-backend.ts';
import { cacheFolder } from '../text/encoder-folder.ts';

/** The repaired embedder as a model's file: the same bytes on every machine. Null when the face models are not installed. */
export async function writePretrained({ path, recipe }: { path: string; recipe: Recipe }): Promise<{ weightsHash: string } | null> {
  if (!existsSync(join(cacheFolder(), 'face-models', 'models.json'))) return null;
  await loadTensorflow();
  const graph = await openBackboneGraph((await readBackboneGraph(recipe.backbone))!, recipe, false);
  const network = createNetwork(recipe, kernelsOfBackend().kernels, graph);
  try {
    return { weightsHash: await writeModel(path, network, { recipe, epoch: 0, validationEer: null }) };
  } finally {
    network.parameters.dispose();
  }
}

import { join } from 'node:path';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { GraphBackbone, GraphModelRecipe } from '../../learning/backbones/graph-model.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import type { GraphFile } from './graph-document.ts';
import { openGraph } from './open-graph.ts';
import { readGraphFolder } from './read-graph-folder.ts';

/** How the graph of a backbone that was made elsewhere is read; null where the backbone is ours. */
function asGraphModel(backbone: Recipe['backbone']): GraphModelRecipe | null {
  if (backbone.name === 'graph-model') return backbone;
  if (backbone.name !== 'pretrained-face') return null;
  const folder = join(cacheFolder(), 'face-models', 'mobilefacenet');
  return { name: 'graph-model', folder, output: 'embeddings', pixels: 'around-zero', pooling: 'average', fineTune: backbone.fineTune };
}

/** Whether the backbone was made elsewhere. */
export const hasGraph = (backbone: Recipe['backbone']): boolean => asGraphModel(backbone) !== null;

/** The graph from where it was made or fetched; null where the backbone is ours. @throws RequestError('no-model', 'bad-recipe') */
export async function readBackboneGraph(backbone: Recipe['backbone']): Promise<GraphFile | null> {
  if (backbone.name === 'graph-model') return readGraphFolder(backbone.folder);
  if (backbone.name !== 'pretrained-face') return null;
  await loadTensorflow();
  const { readFaceGraphs } = await import('../face/face-models.ts');
  return (await readFaceGraphs()).embedder;
}

/** The graph as a backbone; `learns` says whether it is trained or only used. @throws RequestError('bad-recipe') */
export async function openBackboneGraph(file: GraphFile, { input, backbone }: Pick<Recipe, 'input' | 'backbone'>, learns: boolean): Promise<GraphBackbone> {
  const recipe = asGraphModel(backbone)!;
  return openGraph(file, { input, backbone: { ...recipe, fineTune: learns && recipe.fineTune } });
}

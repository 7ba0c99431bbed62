import { createHash } from 'node:crypto';
import type { EmbedderSource } from '../../contract/engine-port.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { createNetwork, standardize } from '../../learning/network.ts';
import type { Network } from '../../learning/network.ts';
import { assignParameters } from '../checkpoints/assign-parameters.ts';
import { readModel } from '../checkpoints/model-file.ts';
import type { TensorFile } from '../checkpoints/safetensors.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { hasGraph, openBackboneGraph, readBackboneGraph } from '../graph-model/backbone-graph.ts';
import type { GraphFile } from '../graph-model/graph-document.ts';
import { graphOfFile } from '../graph-model/graph-file.ts';
import { hashGraph } from '../graph-model/hash-graph.ts';
import { kernelsOfBackend } from '../kernels/kernels-of-backend.ts';
import { embedRows } from './embed-rows.ts';

/** Decoded pictures to raw vectors [pictures, size]. */
export interface Embedder {
  size: number;
  /** Of a model that is a pipeline's own embedder and nothing else: its graph's, as `OwnEmbedding.graphHash`; else null. */
  graphHash: string | null;
  embed(pictures: readonly Uint8Array[]): Promise<Float32Array>;
}

type NetworkSource = Exclude<EmbedderSource, { kind: 'raw-pixels' }>;

interface OpenNetwork {
  network: Network;
  graphHash: Embedder['graphHash'];
}

const KEPT_NETWORKS = 3;
/** The networks used last, by what they were made from; the least recent is dropped. */
const networks = new Map<string, Promise<OpenNetwork>>();

/** @throws RequestError('no-model') when the weights are missing, changed, or of another recipe. */
export async function openEmbedder(source: EmbedderSource): Promise<Embedder> {
  if (source.kind === 'raw-pixels') return rawPixels(source.recipe);
  const { graphHash } = await openNetwork(source);
  return {
    size: source.recipe.embeddingSize,
    graphHash,
    async embed(pictures) {
      // Asked for again each time: another call may have pushed it out of the cache meanwhile.
      const { network } = await openNetwork(source);
      return embedRows(network, source.recipe, pictures);
    },
  };
}

function openNetwork(source: NetworkSource): Promise<OpenNetwork> {
  const key = keyOf(source);
  const network = networks.get(key) ?? loadNetwork(source);
  networks.delete(key);
  networks.set(key, network);
  network.catch(() => networks.delete(key));
  dropOldest();
  return network;
}

async function loadNetwork(source: NetworkSource): Promise<OpenNetwork> {
  await loadTensorflow();
  const { recipe } = source;
  const weights = source.kind === 'checkpoint' ? source : source.graphFrom;
  const file = weights ? await readModel(weights) : null;
  const graph = await graphOf(recipe, file && { file, path: weights!.path });
  const graphHash = graph && addsNothing(recipe) ? hashGraph(graph) : null;
  const network = createNetwork(recipe, kernelsOfBackend().kernels, graph && (await openBackboneGraph(graph, recipe, false)));
  if (source.kind === 'untrained') return { network, graphHash };
  try {
    assignParameters(network, file!.tensors, source.path);
  } catch (error) {
    network.parameters.dispose();
    throw error;
  }
  return { network, graphHash };
}

/** Whether the network is its graph and nothing else, and gives of a crop what the pipeline's own embedder gives of it. */
function addsNothing({ input, backbone }: Recipe): boolean {
  return backbone.name === 'pretrained-face' && !backbone.head && input.mirror;
}

/** The graph that a model keeps beside its weights, or where the recipe has it from; null where the backbone is ours. */
async function graphOf(recipe: Recipe, kept: { file: TensorFile; path: string } | null): Promise<GraphFile | null> {
  if (!hasGraph(recipe.backbone)) return null;
  return kept ? graphOfFile(kept.file, kept.path) : readBackboneGraph(recipe.backbone);
}

/** Weights are named by their hash; an untrained network by the recipe that decides its first values. */
function keyOf(source: NetworkSource): string {
  const { input, backbone, embeddingSize, seed } = source.recipe;
  const shape = JSON.stringify({ input, backbone, embeddingSize, seed });
  const weights = source.kind === 'checkpoint' ? source.weightsHash : `untrained ${source.graphFrom?.weightsHash ?? ''}`;
  return createHash('sha256').update(`${weights}\n${shape}`).digest('hex');
}

function dropOldest(): void {
  for (const [key, network] of networks) {
    if (networks.size <= KEPT_NETWORKS) return;
    networks.delete(key);
    void network.then((open) => { open.network.parameters.dispose(); }, () => undefined);
  }
}

/** The baseline without a network: the very numbers that the network would see. */
function rawPixels({ input }: Recipe): Embedder {
  const size = input.width * input.height * input.channels;
  const embedBatch = (pictures: readonly Uint8Array[]): Promise<Float32Array> => {
    const vectors = new Float32Array(pictures.length * size);
    pictures.forEach((picture, index) => { standardize(picture, vectors.subarray(index * size, (index + 1) * size)); });
    return Promise.resolve(vectors);
  };
  return { size, graphHash: null, embed: embedBatch };
}

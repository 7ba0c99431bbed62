import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { fuseBlocks } from '../graph-model/fuse-blocks.ts';
import { nodeOf } from '../graph-model/graph-document.ts';
import type { GraphFile, GraphNode } from '../graph-model/graph-document.ts';
import { hashGraph } from '../graph-model/hash-graph.ts';
import { loadGraph } from '../graph-model/open-graph.ts';
import { readGraphFolder } from '../graph-model/read-graph-folder.ts';
import { canRunBlocks } from '../kernels/own-block.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { checkGolden } from './golden-embedding.ts';
import { repairMobileFaceNet } from './repair-mobilefacenet.ts';

/** Runs a graph of one input on a batch; its outputs by name. */
type RunGraph = (input: tf.Tensor, outputs: string[]) => tf.Tensor[];

/** The networks of the face pipeline, in memory. */
export interface FaceModels {
  detector: RunGraph;
  mesh: RunGraph;
  /** Aligned faces, [batch, 112, 112, 3] of 0 to 255, to [batch, 192], not yet of length 1. */
  features: (faces: tf.Tensor4D) => tf.Tensor2D;
  /** The same, of length 1. */
  embed: (faces: tf.Tensor4D) => tf.Tensor2D;
  /** Names the embedder as it is fetched and repaired (hash-graph.ts). */
  embedderHash: string;
}

export const fetchFaceModelsCommand = 'npm run --silent likeness -- setup';

let loading: Promise<FaceModels> | null = null;

/** Loads the networks once. @throws RequestError('no-model') with the command that fetches them. */
export function loadFaceModels(): Promise<FaceModels> {
  loading ??= load(join(cacheFolder(), 'face-models')).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(folder: string): Promise<FaceModels> {
  await loadTensorflow();
  const graphs = await readFaceGraphs(folder);
  const embedderHash = hashGraph(graphs.embedder);
  const canFuse = canRunBlocks();
  for (const graph of Object.values(graphs)) if (canFuse) fuseBlocks(graph);
  const [detector, mesh, embedder] = [await open(graphs.detector), await open(graphs.mesh), await open(graphs.embedder)];
  const features: FaceModels['features'] = (faces) => tf.tidy(() => embedder(tf.div(tf.sub(faces, 127.5), 128), ['MobileFaceNet/Logits/SpatialSqueeze'])[0] as tf.Tensor2D);
  const embed: FaceModels['embed'] = (faces) => tf.tidy(() => {
    const rows = features(faces);
    return tf.div(rows, tf.norm(rows, 2, 1, true));
  });
  checkGolden(embed);
  return { detector, mesh, features, embed, embedderHash };
}

/**
 * The graphs as they are meant to be: repaired, and for batches of any size. TensorFlow must be loaded.
 *
 * @throws RequestError('no-model') with the command that fetches them.
 */
export async function readFaceGraphs(folder = join(cacheFolder(), 'face-models')): Promise<Record<'detector' | 'mesh' | 'embedder', GraphFile>> {
  if (!existsSync(join(folder, 'models.json'))) {
    throw new RequestError('no-model', `The models that find and compare faces are not installed. To fetch them (145 MB to download, 8 MB kept): ${fetchFaceModelsCommand}`);
  }
  const [detector, mesh, embedder] = [await readGraphFolder(join(folder, 'blazeface')), await readGraphFolder(join(folder, 'facemesh')), await readGraphFolder(join(folder, 'mobilefacenet'))];
  letBatches(detector);
  repairMobileFaceNet(embedder);
  return { detector, mesh, embedder };
}

/** BlazeFace was converted for one picture at a time; its last reshapes are all that keeps it from more. */
function letBatches({ document, tensors }: GraphFile): void {
  for (const { op, input, attr } of document.modelTopology.node as (GraphNode & { attr?: { shape?: { shape: { dim: { size: string }[] } } } })[]) {
    if (op === 'Placeholder') attr!.shape!.shape.dim[0]!.size = '-1';
    if (op === 'Reshape') tensors.get(nodeOf(input![1]!))!.values[0] = -1;
  }
}

async function open(file: GraphFile): Promise<RunGraph> {
  const model = await loadGraph(file);
  for (const [name, { shape, values }] of file.tensors) {
    // Float16 is unpacked by the reader; graphs hold no float64.
    const dtype = values instanceof Int32Array ? 'int32' : 'float32';
    model.weights[name] = [tf.keep(tf.tensor(values as Float32Array, [...shape], dtype))];
  }
  const [input] = model.inputs;
  return (pixels, outputs) => [model.execute({ [input!.name]: pixels }, outputs)].flat();
}

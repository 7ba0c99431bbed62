import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import type { GraphDocument, GraphFile } from './graph-document.ts';

interface ModelJson {
  format?: string;
  modelTopology?: { node?: unknown; class_name?: unknown; model_config?: unknown };
  weightsManifest?: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  signature?: GraphDocument['signature'];
  userDefinedMetadata?: { signature?: GraphDocument['signature'] };
  modelInitializer?: unknown;
}

/**
 * Reads a graph model as tensorflowjs_converter writes it: model.json and the files of weights beside it.
 *
 * @param place the folder, or its model.json; a whole path, as the recipe's schema requires.
 * @throws RequestError 'no-model' (something is missing or damaged), 'bad-recipe' (another kind of model).
 */
export async function readGraphFolder(place: string): Promise<GraphFile> {
  const file = basename(place) === 'model.json' ? place : join(place, 'model.json');
  const model = parseModel(await read(file), file);
  const { document, manifest } = checkKind(model, file);
  const specs = manifest.flatMap(({ weights }) => weights);
  const parts: Buffer[] = [];
  for (const path of manifest.flatMap(({ paths }) => paths)) parts.push(await read(join(dirname(file), insideOf(path, file))));
  return { document, tensors: decode(specs, Buffer.concat(parts), file) };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RequestError('no-model', `The graph model's ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Choose the folder that holds model.json and its weights.`);
  }
}

function parseModel(bytes: Buffer, file: string): ModelJson {
  let model: unknown;
  try {
    model = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new RequestError('no-model', `${file} is not JSON. Convert the model again, or fetch it whole.`);
  }
  if (typeof model !== 'object' || model === null) throw notGraph(file, 'it is no object');
  return model;
}

function checkKind(model: ModelJson, file: string): { document: GraphDocument; manifest: NonNullable<ModelJson['weightsManifest']> } {
  const { modelTopology, weightsManifest, modelInitializer } = model;
  if (model.format === 'layers-model' || modelTopology?.model_config || modelTopology?.class_name) {
    throw notGraph(file, 'it is a Keras layers model. Convert it with tensorflowjs_converter --output_format=tfjs_graph_model');
  }
  if (!modelTopology || !Array.isArray(modelTopology.node)) throw notGraph(file, 'it has no graph (modelTopology.node)');
  if (modelInitializer) throw notGraph(file, 'it fills tables before it runs (modelInitializer), which is not supported');
  if (!Array.isArray(weightsManifest)) throw notGraph(file, 'it has no weightsManifest');
  const signature = model.signature ?? model.userDefinedMetadata?.signature;
  // The converter reads the versions without looking whether there are any.
  const topology = { versions: {}, ...modelTopology } as unknown as GraphDocument['modelTopology'];
  const document = { modelTopology: topology, ...(signature && { signature }) };
  return { document, manifest: weightsManifest };
}

const notGraph = (file: string, why: string): RequestError => new RequestError('bad-recipe', `${file} is not a graph model that can be used here: ${why}.`);

/** Weights lie beside model.json; a path that leads elsewhere is not followed. */
function insideOf(path: string, file: string): string {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) throw notGraph(file, `its weights "${path}" lie outside its folder`);
  return path;
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };

function decode(specs: tf.io.WeightsManifestEntry[], data: Buffer, file: string): Map<string, StoredTensor> {
  let expected = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const bytes = BYTES[quantization?.dtype ?? dtype];
    if (bytes === undefined) throw notGraph(file, `its weight ${name} is of the kind ${dtype}, which no gradient or file here knows`);
    expected += bytes * tf.util.sizeFromShape(shape);
  }
  if (data.length !== expected) throw new RequestError('no-model', `The weights of ${file} have ${data.length} bytes, and its manifest promises ${expected}: they are cut short or of another model. Fetch or convert it again.`);
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer;
  const decoded = tf.io.decodeWeights(bytes, specs);
  const tensors = new Map(Object.entries(decoded).map(([name, tensor]) => [name, { shape: tensor.shape, values: tensor.dataSync().slice() as StoredTensor['values'] }]));
  tf.dispose(decoded);
  return tensors;
}

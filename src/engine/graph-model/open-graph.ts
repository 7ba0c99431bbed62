import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { GraphBackbone, GraphModelRecipe, GraphWeight } from '../../learning/backbones/graph-model.ts';
import type { ParameterRole } from '../../learning/parameters.ts';
import { canRunBlocks } from '../kernels/own-block.ts';
import { checkGraph } from './check-graph.ts';
import type { GraphInput } from './check-graph.ts';
import { fuseBlocks } from './fuse-blocks.ts';
import type { GraphFile, GraphNode } from './graph-document.ts';
import { nodeOf } from './graph-document.ts';

/**
 * A graph model as a backbone. Its constants become the network's parameters: learnt with `fineTune`, else kept as they are. What
 * is a statistic of a normalisation, or a single number of a formula, is never learnt.
 *
 * @throws RequestError('bad-recipe') for another input or output than the recipe's, for what cannot be run, is not finite, or
 *   cannot be fine-tuned.
 */
export async function openGraph(file: GraphFile, recipe: Pick<Recipe, 'input'> & { backbone: GraphModelRecipe }): Promise<GraphBackbone> {
  const { model, output } = await loadForUse(file, recipe.backbone);
  const roles = rolesOf(file, recipe.backbone.fineTune);
  const weights = [...file.tensors].map(([name, { shape, values }]): GraphWeight => {
    if (values instanceof Float64Array) throw new TypeError(`The constant ${name} of a graph is of float64, which tfjs does not have.`);
    return { name, role: roles(name, shape), shape, values };
  });
  const [input] = model.inputs as [GraphInput, ...GraphInput[]];
  const forward: GraphBackbone['forward'] = (pixels, variables) => {
    for (const [name, variable] of variables) model.weights[name] = [variable];
    return model.execute({ [input.name]: pixels }, output) as tf.Tensor2D | tf.Tensor4D;
  };
  const graph = { weights, document: JSON.stringify(file.document), forward };
  checkGraph(graph, { recipe, inputs: model.inputs, nodes: file.document.modelTopology.node });
  return graph;
}

/** What does not learn here runs with its blocks fused, where the chosen output is still there then. */
async function loadForUse(file: GraphFile, backbone: GraphModelRecipe): Promise<{ model: Graph; output: string }> {
  const asItIs = await loadGraph(file);
  const output = outputOf(asItIs, backbone);
  if (backbone.fineTune || !canRunBlocks()) return { model: asItIs, output };
  const fused: GraphFile = { document: structuredClone(file.document), tensors: new Map(file.tensors) };
  fuseBlocks(fused);
  if (!fused.document.modelTopology.node.some(({ name }) => name === nodeOf(output))) return { model: asItIs, output };
  const model = await loadGraph(fused);
  for (const [name, { shape, values }] of fused.tensors) {
    // Biases and slopes that fusing has added are nobody's parameters.
    if (!file.tensors.has(name)) model.weights[name] = [tf.keep(tf.tensor(values as Float32Array, [...shape], 'float32'))];
  }
  return { model, output };
}

export type Graph = GraphModel<tf.io.IOHandlerSync>;

export async function loadGraph({ document }: GraphFile): Promise<Graph> {
  const { loadGraphModelSync } = await import('@tensorflow/tfjs-converter');
  try {
    // The weights are the network's variables, put in before it runs.
    return loadGraphModelSync({ load: () => ({ ...document, weightSpecs: [], weightData: new ArrayBuffer(0) }) });
  } catch (error) {
    throw new RequestError('bad-recipe', `The graph model cannot be understood: ${(error as Error).message}`);
  }
}

/** The chosen output, or the only one. */
function outputOf({ outputs }: Graph, { output, folder }: GraphModelRecipe): string {
  const names = outputs.map(({ name }) => name);
  if (output !== null) return output;
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0) return only;
  throw new RequestError('bad-recipe', `The graph model in ${folder} has ${names.length} outputs. Name the one to take in backbone.output: ${names.join(', ')}.`);
}

/** What each constant is to the optimiser. */
function rolesOf({ document, tensors }: GraphFile, isLearnt: boolean): (name: string, shape: readonly number[]) => ParameterRole {
  const statistics = new Set(document.modelTopology.node.filter(isNormalization).flatMap(({ input = [] }) => input.slice(3, 5).map(nodeOf)));
  return (name, shape) => {
    const isNumber = tensors.get(name)!.values instanceof Float32Array;
    if (!isLearnt || !isNumber || shape.length === 0 || statistics.has(name)) return 'statistic';
    return shape.length === 1 ? 'scale' : 'weight';
  };
}

/** Inputs of a fused normalisation: x, scale, offset, mean, variance. */
const isNormalization = ({ op }: GraphNode): boolean => op.startsWith('FusedBatchNorm');

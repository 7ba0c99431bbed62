import { nodeOf } from '../graph-model/graph-document.ts';
import type { GraphFile, GraphNode } from '../graph-model/graph-document.ts';

type FusedNode = GraphNode & { attr: { fused_ops: { list: { s: string[] } } } };

const RELU = Buffer.from('Relu').toString('base64');

/**
 * MobileFaceNet of human-models 3.0.4 was spoilt by its conversion in two ways, and embeds all faces alike. Its PReLU,
 * relu(x) - slope * relu(-x), is written as relu(x) + constant * (|x| - x) / 2 with the constants' sign lost; and the relu of the
 * first branch was fused into the convolution, so that the second sees no negative x. Changes the graph in place.
 *
 * @throws Error when the graph is not the one that was spoilt so.
 */
export function repairMobileFaceNet({ document, tensors }: GraphFile): void {
  let slopes = 0;
  for (const [name, tensor] of tensors) {
    if (tensor.shape.length !== 1 || !name.endsWith('/mul') || !(tensor.values instanceof Float32Array)) continue;
    tensor.values = tensor.values.map((slope) => -slope);
    slopes++;
  }
  const nodes = document.modelTopology.node;
  const spoilt = nodes.filter((node): node is FusedNode => isFusedWithRelu(node) && consumersOf(nodes, node.name).some(({ op }) => op === 'Abs'));
  for (const node of spoilt) unfuseRelu(nodes, node);
  if (slopes !== 33 || spoilt.length !== 16) throw new Error(`MobileFaceNet: ${slopes} slopes and ${spoilt.length} fused relus found, not 33 and 16.`);
}

const isFusedWithRelu = (node: GraphNode): boolean =>
  node.op === 'FusedDepthwiseConv2dNative' && ((node as FusedNode).attr.fused_ops.list.s.includes(RELU));

const consumersOf = (nodes: readonly GraphNode[], name: string): GraphNode[] => nodes.filter(({ input = [] }) => input.some((from) => nodeOf(from) === name));

/** Lets the negative branch see the convolution itself, and only the sum its relu. */
function unfuseRelu(nodes: GraphNode[], node: FusedNode): void {
  const { list } = node.attr.fused_ops;
  list.s = list.s.filter((operation) => operation !== RELU);
  const relu = { name: `${node.name}/relu`, op: 'Relu', input: [node.name], attr: {} };
  for (const consumer of consumersOf(nodes, node.name)) {
    if (!consumer.op.startsWith('Add')) continue;
    consumer.input = consumer.input!.map((from) => (nodeOf(from) === node.name ? relu.name : from));
  }
  nodes.push(relu);
}

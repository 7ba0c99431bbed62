import { nodeOf } from '../graph-model/graph-document.ts';
import type { GraphFile, GraphNode } from '../graph-model/graph-document.ts';

type FusedNode = GraphNode & { attr: { fused_ops: { list: { s: string[] } } } };

const RELU = Buffer.from('Relu').toString('base64');

/**
 * MobileFaceNet of human-models 3.0.4 was spoilt by its conversion in two ways, and embeds all faces alike. Its PReLU,
 * relu(x) - slope * relu(-x), is written as relu(x) + constant * (x - |x|) with the constants' sign lost, so that slope = -2 constant; and
 * the relu of the first branch was fused into the convolution in front of it, so that the second sees no negative x. Changes the graph
 * in place: each PReLU becomes one operation, and the convolutions in front of them have no relu.
 *
 * @throws Error when the graph is not the one that was spoilt so.
 */
export function repairMobileFaceNet({ document, tensors }: GraphFile): void {
  const { modelTopology } = document;
  const nodes = new Map(modelTopology.node.map((node) => [node.name, node]));
  const dropped = new Set<string>();
  let [slopes, fused] = [0, 0];
  for (const sum of nodes.values()) {
    const parts = sum.op === 'Add' ? partsOfPrelu(sum, nodes) : null;
    if (parts === null) continue;
    const { from, constant, between } = parts;
    const slope = tensors.get(constant)!;
    slope.values = (slope.values as Float32Array).map((value) => -2 * value);
    slopes++;
    if (isFusedWithRelu(from)) {
      from.attr.fused_ops.list.s = from.attr.fused_ops.list.s.filter((operation) => operation !== RELU);
      fused++;
    }
    Object.assign(sum, { op: 'Prelu', input: [from.name, constant], attr: {} });
    for (const name of between) dropped.add(name);
  }
  modelTopology.node = modelTopology.node.filter(({ name }) => !dropped.has(name));
  if (slopes !== 33 || fused !== 16) throw new Error(`MobileFaceNet: ${slopes} slopes and ${fused} fused relus found, not 33 and 16.`);
}

/** The convolution, the constant and the nodes between of relu(x) + constant * (x - |x|); null when it is another sum. */
function partsOfPrelu({ input = [] }: GraphNode, nodes: ReadonlyMap<string, GraphNode>): { from: GraphNode; constant: string; between: string[] } | null {
  const node = (from: string | undefined): GraphNode | undefined => (from === undefined ? undefined : nodes.get(nodeOf(from)));
  const [positive, product] = input.map(node);
  const difference = product?.op === 'Mul' ? node(product.input?.[0]) : undefined;
  const magnitude = difference?.op === 'Sub' ? node(difference.input?.[1]) : undefined;
  if (!positive || !product || !difference || magnitude?.op !== 'Abs') return null;
  const from = node(magnitude.input?.[0])!;
  const relu = positive === from ? [] : [positive.name];
  return { from, constant: nodeOf(product.input![1]!), between: [...relu, product.name, difference.name, magnitude.name] };
}

const isFusedWithRelu = (node: GraphNode): node is FusedNode =>
  node.op === 'FusedDepthwiseConv2dNative' && ((node as FusedNode).attr.fused_ops.list.s.includes(RELU));

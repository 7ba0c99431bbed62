import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { canRunBlocks } from '../kernels/own-block.ts';
import { BLOCK, fuseBlocks } from './fuse-blocks.ts';
import type { GraphFile, GraphNode } from './graph-document.ts';
import { loadGraph } from './open-graph.ts';

await loadTensorflow();
const hasBlocks = canRunBlocks();
if (!hasBlocks) console.log('Blocks are not tested: they want our own operations and a processor with AVX-512.');

/** A graph that is written a node at a time, with constants drawn at random. */
class Draft {
  readonly nodes: GraphNode[] = [];
  readonly tensors: GraphFile['tensors'] = new Map();
  last: string;

  constructor(channels: number) {
    this.last = this.node('picture', 'Placeholder', [], { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [-1, -1, -1, channels].map((size) => ({ size })) } } });
  }

  node(name: string, op: string, input: string[], attr: object): string {
    this.nodes.push({ name, op, input, attr: attr as NonNullable<GraphNode['attr']> });
    this.last = name;
    return name;
  }

  constant(name: string, shape: number[]): string {
    this.nodes.push({ name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } as NonNullable<GraphNode['attr']> });
    this.tensors.set(name, { shape, values: Float32Array.from(tf.randomNormal(shape, 0, 0.4, 'float32', this.nodes.length).dataSync()) });
    return name;
  }

  layer(name: string, shape: number[], { stride = 1, fused = ['BiasAdd'], from = this.last, depthwise = false, padding = 'SAME' } = {}): string {
    const channels = depthwise ? shape[2]! : shape[3]!;
    const inputs = [from, this.constant(`${name}/filter`, shape)];
    if (fused.includes('BiasAdd')) inputs.push(this.constant(`${name}/bias`, [channels]));
    if (fused.includes('Prelu')) inputs.push(this.constant(`${name}/slope`, [channels]));
    const op = !depthwise ? '_FusedConv2D' : fused.length > 0 ? 'FusedDepthwiseConv2dNative' : 'DepthwiseConv2dNative';
    return this.node(name, op, inputs, {
      strides: { list: { i: [1, stride, stride, 1] } }, dilations: { list: { i: [1, 1, 1, 1] } }, padding: { s: base64(padding) }, data_format: { s: base64('NHWC') },
      fused_ops: { list: { s: fused.map(base64) } }, num_args: { i: inputs.length - 2 }, T: { type: 'DT_FLOAT' },
    });
  }

  async run(fuses: boolean, picture: tf.Tensor): Promise<{ output: Float32Array; ops: string[] }> {
    const file: GraphFile = structuredClone({ document: { modelTopology: { node: this.nodes, versions: {} } } as GraphFile['document'], tensors: this.tensors });
    if (fuses) fuseBlocks(file);
    const model = await loadGraph(file);
    for (const [name, { shape, values }] of file.tensors) model.weights[name] = [tf.tensor(values as Float32Array, shape)];
    const output = model.execute({ picture }, this.last) as tf.Tensor;
    return { output: output.dataSync<'float32'>(), ops: file.document.modelTopology.node.map(({ op }) => op).filter((op) => op !== 'Const' && op !== 'Placeholder') };
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** BlazeFace's kind: a depthwise filter, a convolution, the input or its largest pixels added, an activation. */
function blaze(draft: Draft, name: string, { channels, stride = 1, to = channels }: { channels: number; stride?: number; to?: number }): void {
  const before = draft.last;
  draft.layer(`${name}/depthwise`, [3, 3, channels, 1], { stride, fused: [], depthwise: true });
  const product = draft.layer(`${name}/pointwise`, [1, 1, channels, to], { padding: 'VALID' });
  const pooled = stride === 1 ? before : draft.node(`${name}/pool`, 'MaxPool', [before], {
    ksize: { list: { i: [1, 2, 2, 1] } }, strides: { list: { i: [1, 2, 2, 1] } }, padding: { s: base64('SAME') }, data_format: { s: base64('NHWC') },
  });
  const shortcut = to === channels ? pooled : draft.node(`${name}/pad`, 'Pad', [pooled, padding(draft, `${name}/paddings`, to - channels)], {});
  draft.node(`${name}/sum`, 'AddV2', [product, shortcut], {});
  draft.node(`${name}/relu`, 'Relu', [draft.last], {});
}

function padding(draft: Draft, name: string, added: number): string {
  draft.nodes.push({ name, op: 'Const', attr: { dtype: { type: 'DT_INT32' } } as NonNullable<GraphNode['attr']> });
  draft.tensors.set(name, { shape: [4, 2], values: Int32Array.of(0, 0, 0, 0, 0, 0, 0, added) });
  return name;
}

const networks: Record<string, { write: (draft: Draft) => void; ops: string[] }> = {
  'windows of many pixels, and 24 channels': {
    write: (draft) => {
      draft.layer('stem', [5, 5, 3, 24], { stride: 2, fused: ['BiasAdd', 'Relu'] });
      blaze(draft, 'one', { channels: 24 });
      blaze(draft, 'two', { channels: 24, stride: 2, to: 48 });
    },
    ops: [BLOCK, BLOCK, 'MaxPool', BLOCK],
  },
  'depthwise filters with an activation, and a shortcut that others see too': {
    write: (draft) => {
      const wide = draft.layer('stem', [3, 3, 3, 16], { fused: ['BiasAdd', 'Prelu'] });
      draft.layer('expand', [1, 1, 16, 64]);
      draft.node('expand/prelu', 'Prelu', [draft.last, draft.constant('expand/slope', [64])], {});
      draft.layer('depthwise', [3, 3, 64, 1], { depthwise: true });
      draft.node('depthwise/prelu', 'Prelu', [draft.last, draft.constant('depthwise/slope', [64])], {});
      draft.node('sum', 'Add', [draft.layer('project', [1, 1, 64, 16]), wide], {});
    },
    ops: [BLOCK, BLOCK, BLOCK],
  },
  'what is no block stays: 5 outputs, windows without padding, a filter that two look at': {
    write: (draft) => {
      draft.layer('stem', [3, 3, 3, 16], { padding: 'VALID' });
      const filtered = draft.layer('depthwise', [3, 3, 16, 1], { fused: [], depthwise: true });
      draft.node('twice', 'AddV2', [filtered, filtered], {});
      draft.layer('head', [1, 1, 16, 5]);
    },
    ops: ['_FusedConv2D', 'DepthwiseConv2dNative', 'AddV2', '_FusedConv2D'],
  },
};

describe.skipIf(!hasBlocks)('blocks of a graph', () => {
  test.each(Object.entries(networks))('%s', async (_, { write, ops }) => {
    const draft = new Draft(3);
    write(draft);
    const picture = tf.randomNormal([2, 27, 33, 3], 0, 1, 'float32', 5);
    const [plain, fused] = [await draft.run(false, picture), await draft.run(true, picture)];
    expect(fused.ops.toSorted()).toEqual(ops.toSorted());
    expect(fused.output).toHaveLength(plain.output.length);
    const scale = Math.max(...plain.output.map(Math.abs));
    plain.output.forEach((value, index) => { expect(Math.abs(value - fused.output[index]!) / scale).toBeLessThan(2e-5); });
  });
});

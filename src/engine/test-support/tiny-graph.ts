import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomStream } from '../../learning/random.ts';
import { temporaryFolder } from './pictures.ts';

interface Weight {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32';
  values: number[];
}

type Attributes = Record<string, object>;
interface Node {
  name: string;
  op: string;
  input?: string[];
  attr?: Attributes;
}

/** What a test may change about the graph before it is written. */
export interface TinyGraph {
  /** The contents of model.json besides the weights. */
  model: Record<string, unknown> & { modelTopology: { node: Node[] } };
  weights: Weight[];
}

const text = (value: string): object => ({ s: Buffer.from(value).toString('base64') });
const integers = (...values: number[]): object => ({ list: { i: values.map(String) } });
const shape = (...sides: number[]): object => ({ shape: { dim: sides.map((size) => ({ size: String(size) })) } });
const float = { T: { type: 'DT_FLOAT' } };
const convolution = (stride: number): Attributes => ({ ...float, strides: integers(1, stride, stride, 1), dilations: integers(1, 1, 1, 1), padding: text('SAME'), data_format: text('NHWC') });

/** Numbers around zero of the deviation that He's rule gives. */
function drawn(name: string, sides: number[]): Weight {
  const random = randomStream(7, name);
  const size = sides.reduce((product, side) => product * side, 1);
  const deviation = Math.sqrt((2 * sides.at(-1)!) / size);
  return { name, shape: sides, dtype: 'float32', values: Array.from({ length: size }, () => deviation * random.normal()) };
}

const filled = (name: string, count: number, value: number): Weight => ({ name, shape: [count], dtype: 'float32', values: new Array<number>(count).fill(value) });

/**
 * A graph as tensorflowjs_converter writes one: a convolution with bias and normalisation, a fused one, the features [4, 4, 12],
 * and after them a mean over the places and a softmax over 3 classes that it was trained on. Takes 32 x 32 grey pictures.
 */
export function tinyGraph(): TinyGraph {
  const constant = ({ name, dtype }: Weight): Node => ({ name, op: 'Const', attr: { dtype: { type: dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32' } } });
  const weights = [
    drawn('first/filter', [3, 3, 1, 8]), filled('first/bias', 8, 0.1),
    filled('norm/scale', 8, 1), filled('norm/offset', 8, 0.05), filled('norm/mean', 8, 0.02), filled('norm/variance', 8, 0.5),
    drawn('second/filter', [3, 3, 8, 12]), filled('second/bias', 12, 0), drawn('classes/matrix', [12, 3]),
    { name: 'places', shape: [2], dtype: 'int32' as const, values: [1, 2] },
  ];
  const node: Node[] = [
    { name: 'image', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, ...{ shape: shape(-1, 32, 32, 1) } } },
    ...weights.map(constant),
    { name: 'first', op: 'Conv2D', input: ['image', 'first/filter'], attr: convolution(2) },
    { name: 'first/add', op: 'BiasAdd', input: ['first', 'first/bias'], attr: { ...float, data_format: text('NHWC') } },
    { name: 'norm', op: 'FusedBatchNormV3', input: ['first/add', 'norm/scale', 'norm/offset', 'norm/mean', 'norm/variance'], attr: { ...float, epsilon: { f: 0.001 }, is_training: { b: false }, data_format: text('NHWC') } },
    { name: 'relu', op: 'Relu', input: ['norm'], attr: float },
    { name: 'features', op: '_FusedConv2D', input: ['relu', 'second/filter', 'second/bias'], attr: { ...convolution(4), num_args: { i: '1' }, epsilon: { f: 0 }, fused_ops: { list: { s: ['BiasAdd', 'Relu'].map((name) => Buffer.from(name).toString('base64')) } } } },
    { name: 'pooled', op: 'Mean', input: ['features', 'places'], attr: { ...float, keep_dims: { b: false } } },
    { name: 'classes', op: 'MatMul', input: ['pooled', 'classes/matrix'], attr: { ...float, transpose_a: { b: false }, transpose_b: { b: false } } },
    { name: 'chances', op: 'Softmax', input: ['classes'], attr: float },
  ];
  return { model: { format: 'graph-model', modelTopology: { node } }, weights };
}

/** Writes a graph into a fresh folder; gives the folder. */
export async function writeGraph({ model, weights }: TinyGraph = tinyGraph()): Promise<string> {
  const folder = join(await temporaryFolder(), 'graph');
  await mkdir(folder, { recursive: true });
  const manifest = weights.map(({ name, shape: sides, dtype }) => ({ name, shape: sides, dtype }));
  const bytes = weights.map(({ dtype, values }) => Buffer.from((dtype === 'float32' ? Float32Array : Int32Array).from(values).buffer));
  await writeFile(join(folder, 'group1-shard1of1.bin'), Buffer.concat(bytes));
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...model, weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: manifest }] }));
  return folder;
}

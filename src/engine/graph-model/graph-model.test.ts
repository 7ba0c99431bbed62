import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainRequest } from '../../contract/engine-port.ts';
import type { RecipeInput } from '../../contract/recipe/recipe.ts';
import { createParameterSet } from '../../learning/parameters.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { openEmbedder } from '../embed/open-embedder.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { tinyGraph, writeGraph } from '../test-support/tiny-graph.ts';
import type { TinyGraph } from '../test-support/tiny-graph.ts';
import { newestTensors, tinyRecipe, trainHere } from '../test-support/train-here.ts';

let request: TrainRequest;

beforeAll(async () => {
  await loadTensorflow();
  const folder = await temporaryFolder();
  const train = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  const classNames = Array.from({ length: 6 }, (_, label) => `subject ${label}`);
  request = { recipe: tinyRecipe(), train, validation: train, classNames, folder: '', resume: false };
});

type Backbone = Partial<Extract<NonNullable<RecipeInput['backbone']>, { name: 'graph-model' }>>;

async function runOn(backbone: Backbone, changes: Partial<RecipeInput> = {}): Promise<TrainRequest> {
  const folder = backbone.folder ?? (await writeGraph());
  const recipe = tinyRecipe({ backbone: { output: 'features', ...backbone, name: 'graph-model', folder }, ...changes });
  return { ...request, recipe, folder: await temporaryFolder() };
}

const folderOf = ({ recipe: { backbone } }: TrainRequest): string => (backbone.name === 'graph-model' ? backbone.folder : '');
const weightsOf = async ({ folder }: TrainRequest): Promise<Map<string, number[]>> => newestTensors(folder);
const originals = new Map(tinyGraph().weights.map(({ name, values }) => [`backbone/${name}`, [...Float32Array.from(values)]]));

describe('a run on a graph model', () => {
  test('learns a head on its features, and leaves its weights as they were', async () => {
    const run = await runOn({ pooling: 'none' }, { epochs: 8 });
    const { outcome, steps, epochs } = await trainHere(run);
    expect(outcome.state).toBe('done');
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss);
    expect(Math.min(...epochs.map(({ validationEer }) => validationEer!))).toBeLessThan(0.25);
    const kept = await weightsOf(run);
    for (const [name, values] of originals) expect(kept.get(name)).toEqual(values);
    expect([...kept.keys()].filter((name) => name.startsWith('@optimizer/first/')).sort()).toEqual(['@optimizer/first/embedding/bias', '@optimizer/first/embedding/matrix']);
  });

  test('fine-tunes filters, biases and scales, but no statistics, and nothing of the backbone while it warms up', async () => {
    const changedBy = async (warmUpEpochs: number): Promise<string[]> => {
      const run = await runOn({ fineTune: true }, { epochs: 1, warmUpEpochs });
      await trainHere(run);
      const kept = await weightsOf(run);
      return [...originals.keys()].filter((name) => kept.get(name)!.join() !== originals.get(name)!.join()).map((name) => name.slice('backbone/'.length));
    };
    // What comes after the features takes no part.
    expect(await changedBy(0)).toEqual(['first/filter', 'first/bias', 'norm/scale', 'norm/offset', 'second/filter', 'second/bias']);
    expect(await changedBy(1)).toEqual([]);
  });

  test('goes on exactly, and makes templates, after the folder of the graph is gone', async () => {
    const changes = { epochs: 3 };
    const [straight, stopped] = [await runOn({ fineTune: true }, changes), await runOn({ fineTune: true }, changes)];
    const same = { ...stopped, recipe: straight.recipe };
    await trainHere(straight);
    await trainHere(same, ({ type }) => type === 'epoch');
    await rm(folderOf(straight), { recursive: true });
    const { outcome } = await trainHere({ ...same, resume: true });
    expect(outcome.epochs).toBe(3);
    expect(await weightsOf(same)).toEqual(await weightsOf(straight));
    const { path, weightsHash } = outcome.best!;
    const embedder = await openEmbedder({ kind: 'checkpoint', path, weightsHash, recipe: same.recipe });
    const pictures = await Promise.all(request.train.slice(0, 2).map(({ path: file }) => loadPixels({ kind: 'file', path: file }, same.recipe.input)));
    const vectors = await embedder.embed(pictures);
    expect(vectors).toHaveLength(2 * 16);
    expect(vectors.every(Number.isFinite) && vectors.some((value) => value !== 0)).toBe(true);
    const untrained = await openEmbedder({ kind: 'untrained', recipe: same.recipe, graphFrom: { path, weightsHash } });
    expect([...(await untrained.embed(pictures))]).not.toEqual([...vectors]);
  });

  test('leaves no tensor behind', async () => {
    await trainHere(await runOn({}, { epochs: 1 }));
    const before = tf.memory().numTensors;
    await trainHere(await runOn({ fineTune: true }, { epochs: 1 }));
    await expect(trainHere(await runOn({ output: 'nowhere' }))).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(['zero-to-one', 'zero-to-255'] as const)('is given pixels from %s where its recipe says so', async (pixels) => {
    const embeddingOf = async (measure: Backbone['pixels']): Promise<number[]> => {
      const run = await runOn({ pixels: measure! });
      const embedder = await openEmbedder({ kind: 'untrained', recipe: run.recipe });
      return [...(await embedder.embed([new Uint8Array(32 * 32).fill(200)]))];
    };
    expect(await embeddingOf(pixels)).not.toEqual(await embeddingOf('around-zero'));
  });

  test('fine-tunes through the operations of face networks: one filter a channel, PReLU, sums, maxima, joins', async () => {
    const graph = tinyGraph();
    const float = { T: { type: 'DT_FLOAT' } };
    const square = (side: number): object => ({ list: { i: [1, side, side, 1].map(String) } });
    const text = (value: string): string => Buffer.from(value).toString('base64');
    const each = { ...float, strides: square(1), dilations: square(1), padding: { s: text('SAME') }, data_format: { s: text('NHWC') }, num_args: { i: '1' }, epsilon: { f: 0 }, fused_ops: { list: { s: ['BiasAdd', 'Relu6'].map(text) } } };
    const weights: TinyGraph['weights'] = [
      { name: 'each/filter', shape: [3, 3, 12, 1], dtype: 'float32', values: Array.from({ length: 108 }, (_, index) => Math.sin(index)) },
      { name: 'each/bias', shape: [12], dtype: 'float32', values: new Array<number>(12).fill(-0.1) },
      { name: 'slope', shape: [12], dtype: 'float32', values: new Array<number>(12).fill(0.25) },
      { name: 'axis', shape: [], dtype: 'int32', values: [3] },
    ];
    graph.weights.push(...weights);
    graph.model.modelTopology.node.push(
      ...weights.map(({ name, dtype }) => ({ name, op: 'Const', attr: { dtype: { type: dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32' } } })),
      { name: 'each', op: 'FusedDepthwiseConv2dNative', input: ['features', 'each/filter', 'each/bias'], attr: each },
      { name: 'less', op: 'Sub', input: ['each', 'features'], attr: float },
      { name: 'prelu', op: 'Prelu', input: ['less', 'slope'], attr: float },
      { name: 'sum', op: 'AddV2', input: ['prelu', 'features'], attr: float },
      { name: 'highest', op: 'MaxPool', input: ['sum'], attr: { ...float, ksize: square(2), strides: square(2), padding: { s: text('VALID') }, data_format: { s: text('NHWC') } } },
      { name: 'joined', op: 'ConcatV2', input: ['highest', 'highest', 'axis'], attr: { ...float, N: { i: '2' } } },
    );
    const run = await runOn({ folder: await writeGraph(graph), output: 'joined', fineTune: true, pooling: 'none' }, { epochs: 1 });
    await trainHere(run);
    const kept = await weightsOf(run);
    expect(kept.get('embedding/matrix')).toHaveLength(2 * 2 * 24 * 16);
    for (const { name, values } of weights.slice(0, 3)) expect(kept.get(`backbone/${name}`)).not.toEqual([...Float32Array.from(values)]);
  });

  test('computes what the operations of the graph compute', async () => {
    const weightNamed = (name: string): tf.Tensor => {
      const { shape, values } = tinyGraph().weights.find((weight) => weight.name === name)!;
      return tf.tensor(values, shape);
    };
    const run = await runOn({ output: 'relu', pooling: 'none' }, { epochs: 1, embeddingSize: 2, input: { width: 32, height: 32, mirror: false } });
    const embedder = await openEmbedder({ kind: 'untrained', recipe: run.recipe });
    const picture = Uint8Array.from({ length: 32 * 32 }, (_, index) => (index * 7) % 256);
    const embedding = await embedder.embed([picture]);
    const expected = tf.tidy(() => {
      const pixels = tf.tensor4d(Float32Array.from(picture, (grey) => (grey - 127.5) / 128), [1, 32, 32, 1]);
      const first = tf.add(tf.conv2d(pixels, weightNamed('first/filter') as tf.Tensor4D, 2, 'same'), weightNamed('first/bias'));
      const normal = tf.div(tf.sub(first, weightNamed('norm/mean')), tf.sqrt(tf.add(weightNamed('norm/variance'), 0.001)));
      const relu = tf.relu(tf.add(tf.mul(normal, weightNamed('norm/scale')), weightNamed('norm/offset')));
      const matrix = createParameterSet(run.recipe.seed).use({ name: 'embedding/matrix', shape: [relu.size, 2], role: 'weight', initializer: { kind: 'linear', fanIn: relu.size } });
      return tf.matMul(tf.reshape(relu, [1, -1]), matrix as unknown as tf.Tensor2D).dataSync<'float32'>().slice();
    });
    embedding.forEach((value, index) => { expect(value).toBeCloseTo(expected[index]!, 4); });
  });

  test('reads weights that were stored as small whole numbers', async () => {
    const folder = await writeGraph();
    const file = join(folder, 'model.json');
    const model = JSON.parse(await readFile(file, 'utf8')) as { weightsManifest: { paths: string[]; weights: { name: string; quantization?: object }[] }[] };
    const [group] = model.weightsManifest;
    const filter = group!.weights.find(({ name }) => name === 'first/filter')!;
    filter.quantization = { dtype: 'uint8', scale: 0.01, min: -1 };
    const bytes = await readFile(join(folder, 'group1-shard1of1.bin'));
    await writeFile(join(folder, 'group1-shard1of1.bin'), Buffer.concat([Buffer.alloc(72, 150), bytes.subarray(4 * 72)]));
    await writeFile(file, JSON.stringify(model));
    const run = await runOn({ folder }, { epochs: 1 });
    await trainHere(run);
    for (const value of (await weightsOf(run)).get('backbone/first/filter')!) expect(value).toBeCloseTo(0.5, 5);
  });

  test('takes vectors as they are, whatever the pooling', async () => {
    const run = await runOn({ output: 'pooled', pooling: 'both' }, { epochs: 1 });
    await trainHere(run);
    expect((await weightsOf(run)).get('embedding/matrix')).toHaveLength(12 * 16);
  });
});

/** A graph with something wrong, in a folder. */
async function graphWith(change: (graph: TinyGraph) => void): Promise<Backbone> {
  const graph = tinyGraph();
  change(graph);
  return { folder: await writeGraph(graph), output: 'features' };
}

const nodeNamed = ({ model }: TinyGraph, name: string): TinyGraph['model']['modelTopology']['node'][number] => model.modelTopology.node.find((node) => node.name === name)!;

/** tfjs has no gradient of this operation. */
function withEinsum({ model }: TinyGraph): void {
  const equation = Buffer.from('nc,nc->nc').toString('base64');
  model.modelTopology.node.push({ name: 'squares', op: 'Einsum', input: ['pooled', 'pooled'], attr: { T: { type: 'DT_FLOAT' }, N: { i: '2' }, equation: { s: equation } } });
}

test('an operation without a gradient is no hindrance to features that stay as they are', async () => {
  const run = await runOn({ ...(await graphWith(withEinsum)), output: 'squares' }, { epochs: 1 });
  expect((await trainHere(run)).outcome.state).toBe('done');
});

test('a recipe with a graph model whose path is not whole is none', () => {
  expect(() => tinyRecipe({ backbone: { name: 'graph-model', folder: 'models/facenet' } })).toThrow('is not a whole path');
});

describe('a graph model is refused, with the reason,', () => {
  test.each<[string, () => Promise<Backbone>, string, RegExp]>([
    ['when its folder is missing', async () => ({ folder: join(await temporaryFolder(), 'nowhere') }), 'no-model', /nowhere\/model\.json cannot be read \(ENOENT\)\. Choose the folder/],
    ['when model.json is rubbish', async () => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'model.json'), 'PK');
      return { folder };
    }, 'no-model', /is not JSON/],
    ['when it is a layers model', () => graphWith(({ model }) => { model['format'] = 'layers-model'; }), 'bad-recipe', /Keras layers model\. Convert it with tensorflowjs_converter/],
    ['when a file of weights is missing', async () => {
      const folder = await writeGraph();
      await rm(join(folder, 'group1-shard1of1.bin'));
      return { folder };
    }, 'no-model', /group1-shard1of1\.bin cannot be read/],
    ['when its weights are cut short', async () => {
      const folder = await writeGraph();
      await truncate(join(folder, 'group1-shard1of1.bin'), 100);
      return { folder };
    }, 'no-model', /have 100 bytes, and its manifest promises \d+/],
    ['when its weights lie elsewhere', async () => {
      const folder = join(await temporaryFolder(), 'inner');
      await mkdir(folder);
      await writeFile(join(folder, 'model.json'), JSON.stringify({ ...tinyGraph().model, weightsManifest: [{ paths: ['../secret.bin'], weights: [] }] }));
      return { folder };
    }, 'bad-recipe', /"\.\.\/secret\.bin" lie outside its folder/],
    ['when it has no such output', () => Promise.resolve({ output: 'nowhere' }), 'bad-recipe', /cannot be run: The output 'nowhere' is not found/],
    ['when it has several outputs and none is chosen', async () => ({
      ...(await graphWith(({ model }) => { model.modelTopology.node.push({ name: 'other', op: 'Relu', input: ['pooled'], attr: {} }); })), output: null,
    }), 'bad-recipe', /has 2 outputs\. Name the one to take in backbone\.output: chances, other\./],
    ['when it takes pictures of another size', () => graphWith((graph) => {
      nodeNamed(graph, 'image').attr!['shape'] = { shape: { dim: [-1, 112, 112, 3].map((size) => ({ size: String(size) })) } };
    }), 'bad-recipe', /takes pictures of \[any, 112, 112, 3\], and the recipe gives \[any, 32, 32, 1\]\. Set input\.height to 112, input\.width to 112 and input\.channels to 3\./],
    ['when its channels come first', () => graphWith((graph) => {
      nodeNamed(graph, 'image').attr!['shape'] = { shape: { dim: [-1, 3, 112, 112].map((size) => ({ size: String(size) })) } };
    }), 'bad-recipe', /convert it with the channels last/],
    ['when its batch has a size of its own', () => graphWith((graph) => {
      nodeNamed(graph, 'image').attr!['shape'] = { shape: { dim: [1, 32, 32, 1].map((size) => ({ size: String(size) })) } };
    }), 'bad-recipe', /takes exactly 1 pictures at a time\. Convert it with a batch of any size\./],
    ['when it has two inputs', () => graphWith(({ model }) => {
      model.modelTopology.node.unshift({ name: 'age', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } });
    }), 'bad-recipe', /has 2 inputs \(age, image\); a backbone has one, the picture\./],
    ['when it fills tables before it runs', () => graphWith(({ model }) => { model['modelInitializer'] = { node: [] }; }), 'bad-recipe', /modelInitializer\), which is not supported/],
    ['when its course depends on its numbers', async () => ({
      ...(await graphWith(({ model }) => { model.modelTopology.node.push({ name: 'places of light', op: 'Where', input: ['relu'], attr: { T: { type: 'DT_FLOAT' } } }); })), output: 'places of light',
    }), 'bad-recipe', /cannot be run: .*dynamic op/],
    ['when its operation is unknown', () => graphWith((graph) => { nodeNamed(graph, 'relu').op = 'MagicRelu'; }), 'bad-recipe', /MagicRelu/],
    ['when it gives no numbers', () => graphWith(({ weights }) => { weights.find(({ name }) => name === 'norm/variance')!.values.fill(-1); }), 'bad-recipe', /not finite \(NaN or infinity\) for a black picture/],
    ['when its output is no feature', async () => ({ ...(await graphWith(({ weights }) => { weights.find(({ name }) => name === 'places')!.values.splice(0, 2, 0, 1); })), output: 'pooled' }), 'bad-recipe', /gives \[4, 12\] for 3 pictures/],
    ['when it is to be fine-tuned and has an operation without a gradient', async () => ({ ...(await graphWith(withEinsum)), output: 'squares', fineTune: true }), 'bad-recipe', /cannot be fine-tuned: .*gradient.*Einsum.*Set backbone\.fineTune to false/],
    ['when TensorFlow would not survive its fine-tuning', async () => ({
      ...(await graphWith(({ weights }) => { Object.assign(weights.find(({ name }) => name === 'first/filter')!, { shape: [1, 1, 1, 8], values: new Array(8).fill(0.5) }); })), fineTune: true,
    }), 'bad-recipe', /first is a strided 1 x 1 convolution of fewer than 16 channels/],
  ])('%s', async (_, backbone, code, message) => {
    await expect(trainHere(await runOn(await backbone()))).rejects.toMatchObject({ name: 'RequestError', code, message: expect.stringMatching(message) });
  });
});

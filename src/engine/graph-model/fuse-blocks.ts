import type { GraphFile, GraphNode } from './graph-document.ts';
import { nodeOf } from './graph-document.ts';

/** The operation that a block becomes: native/block.h, with its inputs in this order. */
export const BLOCK = 'LikenessBlock';

/** Floats in the smallest register that a block works with. */
const LEAST_LANES = 8;

/** The graph's nodes and weights while blocks are looked for. */
class Search {
  readonly nodes: Map<string, GraphNode>;
  readonly users: Map<string, GraphNode[]>;
  readonly file: GraphFile;
  private readonly taken = new Set<GraphNode>();

  constructor(file: GraphFile) {
    this.file = file;
    this.nodes = new Map(file.document.modelTopology.node.map((node) => [node.name, node]));
    const uses = file.document.modelTopology.node.flatMap((node) => (node.input ?? []).map((input) => ({ node, from: nodeOf(input) })));
    this.users = new Map([...Map.groupBy(uses, ({ from }) => from)].map(([name, found]) => [name, found.map(({ node }) => node)]));
  }

  /** Leaves nodes out, unless one is made the block. */
  take(...nodes: (GraphNode | null)[]): void { for (const node of nodes) if (node) this.taken.add(node); }
  isTaken(node: GraphNode): boolean { return this.taken.has(node) && node.op !== BLOCK; }

  shape(name: string): readonly number[] { return this.file.tensors.get(nodeOf(name))?.shape ?? []; }
  source(node: GraphNode, index = 0): GraphNode | undefined { return this.nodes.get(nodeOf(node.input?.[index] ?? '')); }

  /** The only node that wants what this one gives. */
  onlyUser({ name }: GraphNode): GraphNode | undefined {
    const users = this.users.get(name) ?? [];
    return users.length === 1 ? users[0] : undefined;
  }

  /** A constant of the graph that is `value` everywhere. */
  constant(length: number, value: number): string {
    const name = `likeness/${value} x ${length}`;
    if (!this.file.tensors.has(name)) {
      this.file.tensors.set(name, { shape: [length], values: new Float32Array(length).fill(value) });
      this.file.document.modelTopology.node.push({ name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } as NonNullable<GraphNode['attr']> });
    }
    return name;
  }
}

/** A convolution with what follows it: its last node, the names of its bias and slope, and what is added before the activation. */
interface Finished {
  last: GraphNode;
  bias: string;
  slope: string;
  shortcut: string | null;
}

/**
 * Makes one operation of each depthwise filter, convolution, shortcut and activation that follow each other, as the small networks for
 * phones are built of. For inference only: the operation has no gradient. Changes the graph in place, and not what it computes.
 */
export function fuseBlocks(file: GraphFile): void {
  const search = new Search(file);
  for (const node of [...search.nodes.values()]) {
    if (!isConvolution(node, search)) continue;
    const finished = finish(node, search, addedTo(node, search));
    const depthwise = depthwiseBefore(node, search);
    const before = depthwise ?? { first: node, inputs: [search.constant(0, 0), search.constant(0, 0), search.constant(0, 0)] };
    const input = [before.first.input![0]!, ...before.inputs, node.input![1]!, finished.bias, finished.slope, finished.shortcut ?? search.constant(0, 0)];
    const stride = numbers(before.first, 'strides')[1]!;
    Object.assign(finished.last, { op: BLOCK, input, attr: { stride: { i: stride } } });
  }
  const { modelTopology } = file.document;
  modelTopology.node = modelTopology.node.filter((node) => !search.isTaken(node));
}

/** Of the kind that a block computes: 'same' padding, or windows of one pixel; as many outputs as fill registers. */
function isConvolution(node: GraphNode, search: Search): boolean {
  if (node.op !== '_FusedConv2D') return false;
  const [height, width, , outputs] = search.shape(node.input![1]!);
  return height === width && outputs! % LEAST_LANES === 0 && (text(node, 'padding') === 'SAME' || height === 1) && isPlain(node);
}

/** What a convolution goes through until its activation, whose nodes are taken. */
function finish(node: GraphNode, search: Search, sum: Sum | null): Finished {
  const [, , channels, outputs] = search.shape(node.input![1]!);
  const count = node.op === '_FusedConv2D' ? outputs! : channels!;
  const fused = (attributes(node)['fused_ops']?.list?.s ?? []).map(decoded);
  const bias = fused.includes('BiasAdd') ? node.input![2]! : search.constant(count, 0);
  const shortcut = sum?.shortcut ?? null;
  search.take(node);
  if (fused.includes('Relu')) return { last: node, bias, slope: search.constant(count, 0), shortcut };
  if (fused.includes('Prelu')) return { last: node, bias, slope: node.input![3]!, shortcut };
  if (sum) search.take(sum.node, sum.padding);
  const before = sum?.node ?? node;
  const activation = search.onlyUser(before);
  if (activation?.op !== 'Relu' && activation?.op !== 'Prelu') return { last: before, bias, slope: search.constant(count, 1), shortcut };
  search.take(activation);
  return { last: activation, bias, slope: activation.op === 'Relu' ? search.constant(count, 0) : activation.input![1]!, shortcut };
}

/** The sum of a convolution and of something else; `padding` gives that channels of 0, which a block does without. */
interface Sum {
  node: GraphNode;
  shortcut: string;
  padding: GraphNode | null;
}

function addedTo(node: GraphNode, search: Search): Sum | null {
  const sum = search.onlyUser(node);
  if (sum?.op !== 'AddV2' && sum?.op !== 'Add') return null;
  const shortcut = sum.input!.map(nodeOf).find((name) => name !== node.name);
  if (shortcut === undefined || search.file.tensors.has(shortcut)) return null;
  const padding = search.nodes.get(shortcut);
  if (padding?.op !== 'Pad' || search.onlyUser(padding) !== sum || !addsChannels(padding, search)) return { node: sum, shortcut, padding: null };
  return { node: sum, shortcut: padding.input![0]!, padding };
}

/** Behind those that are there, and nothing else. */
function addsChannels(padding: GraphNode, search: Search): boolean {
  const amounts = [...(search.file.tensors.get(nodeOf(padding.input![1]!))?.values ?? [])];
  return amounts.length === 8 && amounts.slice(0, 7).every((amount) => amount === 0);
}

/** The depthwise filter that only this convolution looks at, and its filter, bias and slope. */
function depthwiseBefore(node: GraphNode, search: Search): { first: GraphNode; inputs: string[] } | null {
  const [size] = search.shape(node.input![1]!);
  const direct = search.source(node);
  const filter = direct?.op === 'Prelu' ? search.source(direct) : direct;
  if (size !== 1 || !filter || !/^(Fused)?DepthwiseConv2dNative$/.test(filter.op) || !isPlain(filter) || text(filter, 'padding') !== 'SAME') return null;
  const [height, width, channels, multiplier] = search.shape(filter.input![1]!);
  if (height !== 3 || width !== 3 || multiplier !== 1 || channels! % LEAST_LANES !== 0) return null;
  if (search.onlyUser(direct!) !== node || (filter !== direct && search.onlyUser(filter) !== direct)) return null;
  const { bias, slope } = finish(filter, search, null);
  return { first: filter, inputs: [filter.input![1]!, bias, slope] };
}

type Attributes = Record<string, { s?: string; list?: { i?: (string | number)[]; s?: string[] } } | undefined>;

const attributes = (node: GraphNode): Attributes => (node.attr ?? {}) as Attributes;
const numbers = (node: GraphNode, name: string): number[] => (attributes(node)[name]?.list?.i ?? []).map(Number);
const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();
const text = (node: GraphNode, name: string): string => decoded(attributes(node)[name]?.s ?? '');
const isPlain = (node: GraphNode): boolean => numbers(node, 'dilations').every((dilation) => dilation === 1);

/** What a row of the fixture computes. Options that are left out take the defaults of the catalogue. */
export interface FixtureCase {
  readonly loss: Given | null;
  readonly regularizers?: readonly Given[];
  /** Where pytorch-metric-learning has the same function: with a memory too, in the batch only (its NCA sees itself in a memory), or nowhere. */
  readonly library: 'with memory' | 'in the batch' | 'nowhere';
}

type Given = { readonly name: string } & Readonly<Record<string, unknown>>;

const triplet = { name: 'triplet', distance: 'squared-euclidean', margin: 0.3, reduction: 'mean' };
const multiSimilarity = { name: 'multi-similarity', variant: 'code' };
const language = { name: 'language-guidance', weight: 0.7, shift: 1 };
const direction = { name: 'direction', weight: 0.3 };

export const FIXTURE_CASES: readonly FixtureCase[] = [
  { loss: { name: 'contrastive', variant: 'survey', margin: 1.5 }, library: 'nowhere' },
  { loss: { name: 'contrastive', variant: 'paper', margin: 1.2 }, library: 'nowhere' },
  { loss: { name: 'contrastive', variant: 'code' }, library: 'with memory' },
  { loss: { name: 'contrastive', variant: 'code', margin: 1.3, positiveMargin: 0.4 }, library: 'with memory' },
  { loss: { ...triplet, reduction: 'sum' }, library: 'with memory' },
  { loss: triplet, library: 'with memory' },
  { loss: { ...triplet, reduction: 'mean-nonzero' }, library: 'with memory' },
  { loss: { ...triplet, distance: 'euclidean', margin: 0.05, reduction: 'mean-nonzero' }, library: 'with memory' },
  { loss: { ...triplet, distance: 'cosine', reduction: 'mean-nonzero' }, library: 'with memory' },
  { loss: { ...triplet, margin: 'soft' }, library: 'with memory' },
  { loss: { name: 'n-pair', form: 'batch', normalize: false, normPenalty: 0 }, library: 'in the batch' },
  { loss: { name: 'n-pair', form: 'batch', normalize: true, normPenalty: 0 }, library: 'in the batch' },
  { loss: { name: 'n-pair', form: 'batch', normPenalty: 0.02 }, library: 'nowhere' },
  { loss: { name: 'n-pair', form: 'tuple' }, library: 'nowhere' },
  { loss: multiSimilarity, library: 'nowhere' },
  { loss: { name: 'multi-similarity', variant: 'paper' }, library: 'nowhere' },
  { loss: { ...multiSimilarity, oneSided: 'keep' }, library: 'in the batch' },
  { loss: { ...multiSimilarity, mining: 'none', oneSided: 'keep' }, library: 'with memory' },
  { loss: { name: 'nca', scale: 1 }, library: 'in the batch' },
  { loss: { name: 'nca', scale: 9 }, library: 'in the batch' },
  { loss: { name: 'nt-xent', temperature: 0.07 }, library: 'with memory' },
  { loss: { name: 'nt-xent', temperature: 0.5 }, library: 'with memory' },
  { loss: { name: 'sup-con', temperature: 0.1 }, library: 'with memory' },
  { loss: { name: 'circle', gamma: 80, margin: 0.4 }, library: 'with memory' },
  { loss: { name: 'circle', gamma: 256, margin: 0.25 }, library: 'with memory' },
  { loss: { name: 'proxy-nca', variant: 'paper', scale: 1 }, library: 'nowhere' },
  { loss: { name: 'proxy-nca', variant: 'paper', scale: 3 }, library: 'nowhere' },
  { loss: { name: 'proxy-nca', variant: 'code', scale: 3, smoothing: 0 }, library: 'in the batch' },
  { loss: { name: 'proxy-nca', variant: 'code', scale: 3, smoothing: 0.1 }, library: 'nowhere' },
  { loss: { name: 'proxy-nca-plus-plus' }, library: 'in the batch' },
  { loss: { name: 'proxy-anchor' }, library: 'in the batch' },
  { loss: { name: 'proxy-gml', subProxies: 3, topK: 5, lambda: 0.3 }, library: 'nowhere' },
  { loss: { name: 'proxy-gml', subProxies: 1, ratio: 0.6, lambda: 0 }, library: 'nowhere' },
  { loss: { name: 'arcface', scale: 64, margin: 0.5, gradient: 'exact' }, library: 'in the batch' },
  { loss: { name: 'arcface', scale: 64, margin: 0.5, gradient: 'identity' }, library: 'nowhere' },
  { loss: { name: 'cosface', scale: 64, margin: 0.35 }, library: 'in the batch' },
  { loss: { name: 'soft-triple', subProxies: 3 }, library: 'in the batch' },
  { loss: { name: 'sub-center-arcface', subProxies: 3, scale: 64, margin: 0.5 }, library: 'in the batch' },
  { loss: { ...triplet, reduction: 'mean' }, regularizers: [direction], library: 'nowhere' },
  { loss: multiSimilarity, regularizers: [direction], library: 'nowhere' },
  { loss: { name: 'proxy-nca', variant: 'paper', scale: 1 }, regularizers: [direction], library: 'nowhere' },
  { loss: null, regularizers: [language], library: 'nowhere' },
  { loss: null, regularizers: [{ ...language, direction: 'text-to-image' }], library: 'nowhere' },
  { loss: null, regularizers: [{ ...language, maskSameClass: false }], library: 'nowhere' },
  { loss: null, regularizers: [{ name: 'embedding-norm', weight: 0.5, power: 1 }], library: 'nowhere' },
  { loss: { name: 'proxy-anchor' }, regularizers: [language, { name: 'embedding-norm', weight: 0.1, power: 2 }], library: 'nowhere' },
];

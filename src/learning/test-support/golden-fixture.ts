import type { LossRecipe } from '../../contract/recipe/losses.ts';
import type { RegularizerRecipe } from '../../contract/recipe/regularizers.ts';

/** Fixture A of the golden values: raw embeddings, two rows for each of three classes; proxies; sub-proxies; texts. */
export const fixtureA = {
  embeddings: [[1, 0.2, 0.1], [0.5, 0.8, 0.1], [0.6, 0.7, -0.2], [-0.1, 0.9, 0.5], [0.3, 0.1, 1], [0.7, 0.4, 0.6]],
  labels: [0, 0, 1, 1, 2, 2],
  proxies: [[0.8, 0.1, 0.1], [0, 0.7, 0.2], [0.1, -0.1, 0.9]],
  subProxies: [[0.9, 0.1, 0], [0.6, 0.4, -0.2], [0.2, 0.8, 0.1], [-0.3, 0.7, 0.4], [0.1, -0.3, 0.9], [0.5, 0, 0.7]],
  textSimilarity: [[1, 0.2, 0.5], [0.2, 1, 0.1], [0.5, 0.1, 1]],
};

/** One row of the table: what is computed from fixture A, and what two float64 scripts agree on. */
export interface GoldenRow {
  readonly title: string;
  readonly loss: LossRecipe | null;
  readonly regularizers?: RegularizerRecipe[];
  readonly uses?: 'proxies' | 'subProxies' | 'textSimilarity';
  readonly value: number;
  /** Frobenius norms of the gradients. */
  readonly embeddings: number;
  readonly proxies?: number;
}

const language = (options: { direction?: 'image-to-text' | 'text-to-image'; maskSameClass?: boolean; shift?: number }) => ({
  loss: null, uses: 'textSimilarity' as const,
  regularizers: [{ name: 'language-guidance' as const, weight: 1, shift: 1, direction: 'image-to-text' as const, maskSameClass: true, ...options }],
});
const directed = { regularizers: [{ name: 'direction' as const, weight: 0.3 }] };
const contrastive = { name: 'contrastive', margin: 1, positiveMargin: 0 } as const;
const faceNet = { name: 'triplet', distance: 'squared-euclidean', margin: 0.2 } as const;
const similarityCode = { name: 'multi-similarity', variant: 'code', alpha: 2, beta: 40, lambda: 0.5, epsilon: 0.1, mining: 'own', oneSided: 'skip' } as const;
const similarityPaper = { ...similarityCode, variant: 'paper', beta: 50, lambda: 1 } as const;
const proxyNca = { name: 'proxy-nca', variant: 'paper', scale: 1, smoothing: 0 } as const;
const proxyGml = { name: 'proxy-gml', subProxies: 2, topK: 3, ratio: 0.05 } as const;

/** Golden values (float64), one row each. */
export const goldenRows: readonly GoldenRow[] = [
  { title: 'contrastive, survey', loss: { ...contrastive, variant: 'survey' }, value: 0.36221673, embeddings: 0.481906 },
  { title: 'contrastive, code', loss: { ...contrastive, variant: 'code' }, value: 1.07443424, embeddings: 0.858226 },
  { title: 'contrastive, paper', loss: { ...contrastive, variant: 'paper' }, value: 0.09649777, embeddings: 0.116170 },
  { title: 'triplet FaceNet, sum', loss: { ...faceNet, reduction: 'sum' }, value: 6.08721507, embeddings: 18.348850 },
  { title: 'triplet FaceNet, mean', loss: { ...faceNet, reduction: 'mean' }, value: 0.25363396, embeddings: 0.764535 },
  { title: 'triplet FaceNet, mean of non-zero', loss: { ...faceNet, reduction: 'mean-nonzero' }, value: 0.46824731, embeddings: 1.411450 },
  { title: 'triplet, code', loss: { name: 'triplet', distance: 'euclidean', margin: 0.05, reduction: 'mean-nonzero' }, value: 0.24917910, embeddings: 0.771617 },
  { title: 'triplet, cosine', loss: { name: 'triplet', distance: 'cosine', margin: 0.2, reduction: 'mean-nonzero' }, value: 0.31063815, embeddings: 0.709503 },
  { title: 'n-pair', loss: { name: 'n-pair', form: 'batch', normalize: false, normPenalty: 0 }, value: 1.04679044, embeddings: 0.446281 },
  { title: 'multi-similarity, code', loss: similarityCode, value: 0.53279478, embeddings: 0.304183 },
  { title: 'multi-similarity, paper', loss: similarityPaper, value: 0.47436760, embeddings: 0.387643 },
  { title: 'multi-similarity, PML without miner', loss: { ...similarityCode, beta: 50, mining: 'none', oneSided: 'keep' }, value: 0.57238316, embeddings: 0.366675 },
  { title: 'multi-similarity, PML with miner', loss: { ...similarityCode, beta: 50, oneSided: 'keep' }, value: 0.53237454, embeddings: 0.312414 },
  { title: 'nca', loss: { name: 'nca', scale: 1 }, value: 1.52643642, embeddings: 0.952495 },
  { title: 'proxy-nca, scale 1', loss: proxyNca, uses: 'proxies', value: -0.07793542, embeddings: 0.853494, proxies: 0.587232 },
  { title: 'proxy-nca, scale 3', loss: { ...proxyNca, scale: 3 }, uses: 'proxies', value: -4.39224668, embeddings: 8.446218, proxies: 5.069477 },
  { title: 'proxy-nca-plus-plus', loss: { name: 'proxy-nca-plus-plus', temperature: 1 / 9 }, uses: 'proxies', value: 1.35966853, embeddings: 5.982430, proxies: 2.763699 },
  { title: 'proxy-anchor', loss: { name: 'proxy-anchor', alpha: 32, delta: 0.1 }, uses: 'proxies', value: 24.75057477, embeddings: 12.874899, proxies: 15.439912 },
  { title: 'proxy-gml, cross-entropy', loss: { ...proxyGml, lambda: 0 }, uses: 'subProxies', value: 0.36326085, embeddings: 0.212957, proxies: 0.137257 },
  { title: 'proxy-gml, total', loss: { ...proxyGml, lambda: 0.3 }, uses: 'subProxies', value: 0.47909746, embeddings: 0.212957, proxies: 0.200216 },
  { title: 'language, image to text', ...language({ direction: 'image-to-text' }), value: 0.06976401, embeddings: 0.082580 },
  { title: 'language, text to image', ...language({ direction: 'text-to-image' }), value: 0.07844063, embeddings: 0.103346 },
  { title: 'language without mask, shift 1', ...language({ maskSameClass: false }), value: 0.05388513, embeddings: 0.067908 },
  { title: 'language without mask, shift 0', ...language({ maskSameClass: false, shift: 0 }), value: 0.05388513, embeddings: 0.067908 },
  { title: 'direction triplet', loss: { ...faceNet, reduction: 'mean' }, ...directed, value: 0.20764971, embeddings: 0.739749 },
  { title: 'direction multi-similarity', loss: similarityCode, ...directed, value: 0.46691256, embeddings: 0.432928 },
  { title: 'direction proxy-nca', loss: proxyNca, uses: 'proxies', ...directed, value: 0.01959139, embeddings: 1.022203, proxies: 0.453703 },
  { title: 'arcface', loss: { name: 'arcface', scale: 64, margin: 0.5, gradient: 'exact' }, uses: 'proxies', value: 18.85682164, embeddings: 28.286513, proxies: 13.802437 },
];

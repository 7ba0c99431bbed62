/** Fixture A of the golden values: raw embeddings, two rows for each of three classes; proxies; sub-proxies; texts. */
export const fixtureA = {
  embeddings: [[1, 0.2, 0.1], [0.5, 0.8, 0.1], [0.6, 0.7, -0.2], [-0.1, 0.9, 0.5], [0.3, 0.1, 1], [0.7, 0.4, 0.6]],
  labels: [0, 0, 1, 1, 2, 2],
  proxies: [[0.8, 0.1, 0.1], [0, 0.7, 0.2], [0.1, -0.1, 0.9]],
  subProxies: [[0.9, 0.1, 0], [0.6, 0.4, -0.2], [0.2, 0.8, 0.1], [-0.3, 0.7, 0.4], [0.1, -0.3, 0.9], [0.5, 0, 0.7]],
  textSimilarity: [[1, 0.2, 0.5], [0.2, 1, 0.1], [0.5, 0.1, 1]],
};

/** One row of the table: a loss file's words, and what two float64 scripts agree on. */
export interface GoldenRow {
  readonly title: string;
  readonly loss: string | null;
  readonly options?: Record<string, unknown>;
  readonly regularizers?: readonly Record<string, unknown>[];
  readonly uses?: 'proxies' | 'subProxies' | 'textSimilarity';
  readonly value: number;
  /** Frobenius norms of the gradients. */
  readonly embeddingGradient: number;
  readonly proxyGradient?: number;
}

const language = (options: Record<string, unknown>) => ({
  loss: null, uses: 'textSimilarity' as const, regularizers: [{ name: 'language-guidance', weight: 1, shift: 1, ...options }],
});
const directed = { regularizers: [{ name: 'direction', weight: 0.3 }] };
const faceNet = { distance: 'squared-euclidean', margin: 0.2 };

/** Golden values (float64), one row each. */
export const goldenRows: readonly GoldenRow[] = [
  { title: 'contrastive, survey', loss: 'contrastive', options: { variant: 'survey', margin: 1 }, value: 0.36221673, embeddingGradient: 0.481906 },
  { title: 'contrastive, code', loss: 'contrastive', options: { variant: 'code', margin: 1 }, value: 1.07443424, embeddingGradient: 0.858226 },
  { title: 'contrastive, paper', loss: 'contrastive', options: { variant: 'paper', margin: 1 }, value: 0.09649777, embeddingGradient: 0.116170 },
  { title: 'triplet FaceNet, sum', loss: 'triplet', options: { ...faceNet, reduction: 'sum' }, value: 6.08721507, embeddingGradient: 18.348850 },
  { title: 'triplet FaceNet, mean', loss: 'triplet', options: { ...faceNet, reduction: 'mean' }, value: 0.25363396, embeddingGradient: 0.764535 },
  { title: 'triplet FaceNet, mean of non-zero', loss: 'triplet', options: { ...faceNet, reduction: 'mean-nonzero' }, value: 0.46824731, embeddingGradient: 1.411450 },
  { title: 'triplet, code', loss: 'triplet', options: { distance: 'euclidean', margin: 0.05, reduction: 'mean-nonzero' }, value: 0.24917910, embeddingGradient: 0.771617 },
  { title: 'triplet, cosine', loss: 'triplet', options: { distance: 'cosine', margin: 0.2, reduction: 'mean-nonzero' }, value: 0.31063815, embeddingGradient: 0.709503 },
  { title: 'n-pair', loss: 'n-pair', options: { normalize: false, normPenalty: 0 }, value: 1.04679044, embeddingGradient: 0.446281 },
  { title: 'multi-similarity, code', loss: 'multi-similarity', options: { variant: 'code' }, value: 0.53279478, embeddingGradient: 0.304183 },
  { title: 'multi-similarity, paper', loss: 'multi-similarity', options: { variant: 'paper' }, value: 0.47436760, embeddingGradient: 0.387643 },
  { title: 'multi-similarity, PML without miner', loss: 'multi-similarity', options: { beta: 50, mining: 'none', oneSided: 'keep' }, value: 0.57238316, embeddingGradient: 0.366675 },
  { title: 'multi-similarity, PML with miner', loss: 'multi-similarity', options: { beta: 50, oneSided: 'keep' }, value: 0.53237454, embeddingGradient: 0.312414 },
  { title: 'nca', loss: 'nca', options: { scale: 1 }, value: 1.52643642, embeddingGradient: 0.952495 },
  { title: 'proxy-nca, scale 1', loss: 'proxy-nca', options: { scale: 1 }, uses: 'proxies', value: -0.07793542, embeddingGradient: 0.853494, proxyGradient: 0.587232 },
  { title: 'proxy-nca, scale 3', loss: 'proxy-nca', options: { scale: 3 }, uses: 'proxies', value: -4.39224668, embeddingGradient: 8.446218, proxyGradient: 5.069477 },
  { title: 'proxy-nca-plus-plus', loss: 'proxy-nca-plus-plus', options: { temperature: 1 / 9 }, uses: 'proxies', value: 1.35966853, embeddingGradient: 5.982430, proxyGradient: 2.763699 },
  { title: 'proxy-anchor', loss: 'proxy-anchor', options: { alpha: 32, delta: 0.1 }, uses: 'proxies', value: 24.75057477, embeddingGradient: 12.874899, proxyGradient: 15.439912 },
  { title: 'proxy-gml, cross-entropy', loss: 'proxy-gml', options: { subProxies: 2, topK: 3, lambda: 0 }, uses: 'subProxies', value: 0.36326085, embeddingGradient: 0.212957, proxyGradient: 0.137257 },
  { title: 'proxy-gml, total', loss: 'proxy-gml', options: { subProxies: 2, topK: 3, lambda: 0.3 }, uses: 'subProxies', value: 0.47909746, embeddingGradient: 0.212957, proxyGradient: 0.200216 },
  { title: 'language, image to text', ...language({ direction: 'image-to-text' }), value: 0.06976401, embeddingGradient: 0.082580 },
  { title: 'language, text to image', ...language({ direction: 'text-to-image' }), value: 0.07844063, embeddingGradient: 0.103346 },
  { title: 'language without mask, shift 1', ...language({ maskSameClass: false }), value: 0.05388513, embeddingGradient: 0.067908 },
  { title: 'language without mask, shift 0', ...language({ maskSameClass: false, shift: 0 }), value: 0.05388513, embeddingGradient: 0.067908 },
  { title: 'direction triplet', loss: 'triplet', options: { ...faceNet, reduction: 'mean' }, ...directed, value: 0.20764971, embeddingGradient: 0.739749 },
  { title: 'direction multi-similarity', loss: 'multi-similarity', options: { variant: 'code' }, ...directed, value: 0.46691256, embeddingGradient: 0.432928 },
  { title: 'direction proxy-nca', loss: 'proxy-nca', options: { scale: 1 }, uses: 'proxies', ...directed, value: 0.01959139, embeddingGradient: 1.022203, proxyGradient: 0.453703 },
  { title: 'arcface', loss: 'arcface', options: { scale: 64, margin: 0.5, gradient: 'exact' }, uses: 'proxies', value: 18.85682164, embeddingGradient: 28.286513, proxyGradient: 13.802437 },
];

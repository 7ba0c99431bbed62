import { fixtureA } from '../../learning/test-support/golden-fixture.ts';

/** A golden row as somebody who has read ../shared/losses.md writes it in a file: what is left out takes its default. */
export interface WrittenRow {
  /** That of the golden row. */
  readonly title: string;
  readonly batch: object;
}

type Uses = 'proxies' | 'subProxies' | 'textSimilarity';

interface Options {
  readonly options?: object;
  readonly regularizers?: readonly object[];
  readonly uses?: Uses;
}

function write(title: string, loss: string | null, { options, regularizers, uses }: Options): WrittenRow {
  const { embeddings, labels, proxies, subProxies, textSimilarity } = fixtureA;
  const extra = uses && { proxies: { proxies }, subProxies: { proxies: subProxies }, textSimilarity: { textSimilarity } }[uses];
  return { title, batch: { loss, embeddings, labels, ...(options && { options }), ...(regularizers && { regularizers }), ...extra } };
}

const guided = (options: object): Options => ({
  uses: 'textSimilarity', regularizers: [{ name: 'language-guidance', weight: 1, shift: 1, direction: 'image-to-text', ...options }],
});
const faceNet = { distance: 'squared-euclidean', margin: 0.2 };
const regularizers = [{ name: 'direction', weight: 0.3 }];
const proxies = (options: object): Options => ({ options, uses: 'proxies' });
const subProxies = (lambda: number): Options => ({ options: { subProxies: 2, topK: 3, lambda }, uses: 'subProxies' });

export const writtenGoldenRows: readonly WrittenRow[] = [
  write('contrastive, survey', 'contrastive', { options: { variant: 'survey', margin: 1 } }),
  write('contrastive, code', 'contrastive', { options: { variant: 'code', margin: 1 } }),
  write('contrastive, paper', 'contrastive', { options: { variant: 'paper', margin: 1 } }),
  write('triplet FaceNet, sum', 'triplet', { options: { ...faceNet, reduction: 'sum' } }),
  write('triplet FaceNet, mean', 'triplet', { options: { ...faceNet, reduction: 'mean' } }),
  write('triplet FaceNet, mean of non-zero', 'triplet', { options: { ...faceNet, reduction: 'mean-nonzero' } }),
  write('triplet, code', 'triplet', { options: { distance: 'euclidean', margin: 0.05, reduction: 'mean-nonzero' } }),
  write('triplet, cosine', 'triplet', { options: { distance: 'cosine', margin: 0.2, reduction: 'mean-nonzero' } }),
  write('n-pair', 'n-pair', { options: { normalize: false, normPenalty: 0 } }),
  write('multi-similarity, code', 'multi-similarity', { options: { variant: 'code' } }),
  write('multi-similarity, paper', 'multi-similarity', { options: { variant: 'paper' } }),
  write('multi-similarity, PML without miner', 'multi-similarity', { options: { beta: 50, mining: 'none', oneSided: 'keep' } }),
  write('multi-similarity, PML with miner', 'multi-similarity', { options: { beta: 50, oneSided: 'keep' } }),
  write('nca', 'nca', { options: { scale: 1 } }),
  write('proxy-nca, scale 1', 'proxy-nca', proxies({ scale: 1 })),
  write('proxy-nca, scale 3', 'proxy-nca', proxies({ scale: 3 })),
  write('proxy-nca-plus-plus', 'proxy-nca-plus-plus', proxies({ temperature: 0.1111111111111111 })),
  write('proxy-anchor', 'proxy-anchor', proxies({ alpha: 32, delta: 0.1 })),
  write('proxy-gml, cross-entropy', 'proxy-gml', subProxies(0)),
  write('proxy-gml, total', 'proxy-gml', subProxies(0.3)),
  write('language, image to text', null, guided({})),
  write('language, text to image', null, guided({ direction: 'text-to-image' })),
  write('language without mask, shift 1', null, guided({ maskSameClass: false })),
  write('language without mask, shift 0', null, guided({ maskSameClass: false, shift: 0 })),
  write('direction triplet', 'triplet', { options: { ...faceNet, reduction: 'mean' }, regularizers }),
  write('direction multi-similarity', 'multi-similarity', { options: { variant: 'code' }, regularizers }),
  write('direction proxy-nca', 'proxy-nca', { ...proxies({ scale: 1 }), regularizers }),
  write('arcface', 'arcface', proxies({ scale: 64, margin: 0.5, gradient: 'exact' })),
];

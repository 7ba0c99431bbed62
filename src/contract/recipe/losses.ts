import { z } from 'zod';

/** A published setting of a loss: every option filled in, and where it comes from. */
export interface Preset<Options> {
  readonly key: string;
  readonly citation: string;
  readonly options: Options;
}

/** One loss as the recipe knows it: its name, the schema of its options, and its presets, the default first. */
function lossEntry<Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  shape: Shape,
  presets: readonly [Preset<z.infer<z.ZodObject<Shape>>>, ...Preset<z.infer<z.ZodObject<Shape>>>[]],
) {
  return { name, presets, schema: z.strictObject({ name: z.literal(name), ...shape }) };
}

const margin = z.number().min(0).max(4).describe('Gap demanded between matching and non-matching, in units of the distance');
const multiplier = z.number().positive().max(1000);
const scale = multiplier.describe('Multiplier of the similarity before the softmax');
const temperature = z.number().positive().max(100).describe('Divisor before the softmax; small is sharp');
const angle = z.number().min(0).max(1.5).describe('Additive angular margin, radians');
const perClass = z.int().min(1).max(64).describe('Proxies (centres) that each class learns');
const share = z.number().min(0).max(1);

const contrastive = lossEntry('contrastive', {
  variant: z.enum(['survey', 'paper', 'code']).describe('Survey: D² and a hinge on D². Paper: ½D² and half a squared hinge on D. Code: hinges on D'),
  margin,
  positiveMargin: z.number().min(0).max(2).describe('Distance below which a matching pair costs nothing (code only)'),
}, [
  { key: 'code', citation: 'pytorch-metric-learning 2.8, ContrastiveLoss', options: { variant: 'code', margin: 1, positiveMargin: 0 } },
  { key: 'paper', citation: 'Hadsell, Chopra, LeCun, CVPR 2006, eq. 4', options: { variant: 'paper', margin: 1, positiveMargin: 0 } },
  { key: 'survey', citation: 'Mohan et al. 2023, section 4.1', options: { variant: 'survey', margin: 1, positiveMargin: 0 } },
]);

const triplet = lossEntry('triplet', {
  distance: z.enum(['squared-euclidean', 'euclidean', 'cosine']).describe('D between unit embeddings; miner and loss share it'),
  margin: z.union([z.number().min(0).max(4), z.literal('soft')]).describe('Margin α of the hinge, in units of D; "soft" is log(1 + exp) without a margin'),
  reduction: z.enum(['sum', 'mean', 'mean-nonzero']).describe('Over the triplets of a batch'),
}, [
  { key: 'facenet', citation: 'Schroff, Kalenichenko, Philbin, CVPR 2015, eq. 1-2', options: { distance: 'squared-euclidean', margin: 0.2, reduction: 'mean-nonzero' } },
  { key: 'code', citation: 'pytorch-metric-learning 2.8, TripletMarginLoss', options: { distance: 'euclidean', margin: 0.05, reduction: 'mean-nonzero' } },
  { key: 'cosine', citation: 'Mohan et al. 2023, eq. 7', options: { distance: 'cosine', margin: 0.2, reduction: 'mean-nonzero' } },
]);

const nPair = lossEntry('n-pair', {
  form: z.enum(['batch', 'tuple']).describe('Batch: one pair of each class. Tuple: the first row against the whole batch'),
  normalize: z.boolean().describe('Unit embeddings; the paper leaves them raw'),
  normPenalty: z.number().min(0).max(10).describe('Weight of a quarter of the mean squared norms of anchors plus positives'),
}, [
  { key: 'paper', citation: 'Sohn, NIPS 2016, eq. 7', options: { form: 'batch', normalize: false, normPenalty: 0.02 } },
  { key: 'tuple', citation: 'Sohn, NIPS 2016, eq. 6; survey eq. 8 corrected', options: { form: 'tuple', normalize: false, normPenalty: 0.02 } },
]);

const multiSimilarity = lossEntry('multi-similarity', {
  variant: z.enum(['code', 'paper']).describe('The published constants disagree. Code: β 40, λ 0.5. Paper: β 50, λ 1'),
  alpha: multiplier.describe('How sharply unlike pairs of one class are pulled together'),
  beta: multiplier.describe('How sharply alike pairs of two classes are pushed apart'),
  lambda: z.number().min(-1).max(1).describe('Cosine at which a pair weighs one half'),
  epsilon: z.number().min(0).max(2).describe('Slack of its own mining, in cosine'),
  mining: z.enum(['own', 'none']).describe('Own: only pairs that break the order of the batch, or come within ε of it. None: every pair, or what the miner chooses'),
  oneSided: z.enum(['skip', 'keep']).describe('An anchor with pairs of only one kind left is skipped (as published) or kept'),
}, [
  { key: 'code', citation: 'Wang et al., CVPR 2019, as in the official code', options: { variant: 'code', alpha: 2, beta: 40, lambda: 0.5, epsilon: 0.1, mining: 'own', oneSided: 'skip' } },
  { key: 'paper', citation: 'Wang et al., CVPR 2019, section 4.1', options: { variant: 'paper', alpha: 2, beta: 50, lambda: 1, epsilon: 0.1, mining: 'own', oneSided: 'skip' } },
]);

const nca = lossEntry('nca', { scale }, [
  { key: 'paper', citation: 'Goldberger et al., NIPS 2004; survey eq. 15 corrected', options: { scale: 1 } },
]);

const proxyNca = lossEntry('proxy-nca', {
  variant: z.enum(['paper', 'code']).describe('Paper: the own proxy is left out of the denominator. Code: it is in'),
  scale, smoothing: share.describe('Label smoothing (code only)'),
}, [
  { key: 'paper', citation: 'Movshovitz-Attias et al., ICCV 2017, eq. 4; survey eq. 16', options: { variant: 'paper', scale: 1, smoothing: 0 } },
  { key: 'code', citation: 'dichotomies/proxy-nca, CUB and Cars', options: { variant: 'code', scale: 3, smoothing: 0.1 } },
]);

const proxyNcaPlusPlus = lossEntry('proxy-nca-plus-plus', { temperature }, [
  { key: 'paper', citation: 'Teh, DeVries, Taylor, ECCV 2020; survey eq. 17 corrected', options: { temperature: 1 / 9 } },
]);

const proxyAnchor = lossEntry('proxy-anchor', { alpha: multiplier.describe('Sharpness of the choice of the hardest'), delta: z.number().min(0).max(1).describe('Margin in cosine similarity') }, [
  { key: 'paper', citation: 'Kim et al., CVPR 2020, eq. 4; survey eq. 18 corrected', options: { alpha: 32, delta: 0.1 } },
]);

const proxyGml = lossEntry('proxy-gml', {
  subProxies: perClass,
  topK: z.int().min(1).nullable().describe('Must be above N, or a sample meets no other class'),
  ratio: z.number().gt(0).max(1).describe('K = ⌈r · classes · N⌉ where K is left empty'),
  lambda: z.number().min(0).max(10).describe('Weight of the proxy regulariser'),
}, [
  { key: 'paper', citation: 'Zhu et al., NeurIPS 2020, CUB and Cars; survey eq. 21-27 corrected', options: { subProxies: 12, topK: null, ratio: 0.05, lambda: 0.3 } },
  { key: 'many-classes', citation: 'Zhu et al., NeurIPS 2020, SOP', options: { subProxies: 1, topK: null, ratio: 0.05, lambda: 0 } },
]);

const ntXent = lossEntry('nt-xent', { temperature }, [
  { key: 'code', citation: 'Chen et al., ICML 2020, eq. 1; temperature as pytorch-metric-learning 2.8', options: { temperature: 0.07 } },
  { key: 'paper', citation: 'Chen et al., ICML 2020, table 5', options: { temperature: 0.5 } },
]);

const supCon = lossEntry('sup-con', { temperature }, [
  { key: 'paper', citation: 'Khosla et al., NeurIPS 2020, eq. 2', options: { temperature: 0.1 } },
]);

const arcface = lossEntry('arcface', {
  scale, margin: angle,
  gradient: z.enum(['exact', 'identity']).describe('Exact, or identity: the backward pass ignores the margin, as insightface does'),
}, [
  { key: 'paper', citation: 'Deng et al., CVPR 2019, eq. 3', options: { scale: 64, margin: 0.5, gradient: 'exact' } },
  { key: 'code', citation: 'insightface arcface_torch', options: { scale: 64, margin: 0.5, gradient: 'identity' } },
]);

const cosface = lossEntry('cosface', { scale, margin: share.describe('Margin in cosine similarity') }, [
  { key: 'code', citation: 'insightface arcface_torch', options: { scale: 64, margin: 0.4 } },
  { key: 'paper', citation: 'Wang et al., CVPR 2018, eq. 4', options: { scale: 64, margin: 0.35 } },
]);

const circle = lossEntry('circle', { gamma: multiplier.describe('Scale of the weighted similarities'), margin: share.describe('Relaxation m of the decision boundary') }, [
  { key: 'paper', citation: 'Sun et al., CVPR 2020, eq. 6-8, faces', options: { gamma: 256, margin: 0.25 } },
  { key: 'code', citation: 'pytorch-metric-learning 2.8, CircleLoss', options: { gamma: 80, margin: 0.4 } },
]);

const softTriple = lossEntry('soft-triple', {
  subProxies: perClass, lambda: multiplier.describe('Multiplier of the similarity before the softmax over classes'),
  gamma: z.number().positive().max(10).describe('Temperature of the choice among the centres of a class'),
  delta: share.describe('Margin in cosine similarity'),
  tau: z.number().min(0).max(10).describe('Weight that merges the centres of a class'),
}, [
  { key: 'paper', citation: 'Qian et al., ICCV 2019, eq. 7-8', options: { subProxies: 10, lambda: 20, gamma: 0.1, delta: 0.01, tau: 0.2 } },
]);

const subCenterArcface = lossEntry('sub-center-arcface', { subProxies: perClass, scale, margin: angle }, [
  { key: 'paper', citation: 'Deng et al., ECCV 2020, eq. 4', options: { subProxies: 3, scale: 64, margin: 0.5 } },
]);

/** Every loss of the product: key = file in src/learning/losses = row in docs/paper-map.md. */
export const lossEntries = {
  contrastive, triplet, 'n-pair': nPair, 'multi-similarity': multiSimilarity, nca, 'proxy-nca': proxyNca,
  'proxy-nca-plus-plus': proxyNcaPlusPlus, 'proxy-anchor': proxyAnchor, 'proxy-gml': proxyGml, 'nt-xent': ntXent,
  'sup-con': supCon, arcface, cosface, circle, 'soft-triple': softTriple, 'sub-center-arcface': subCenterArcface,
} as const;

const exactLossSchema = z.discriminatedUnion('name', [
  contrastive.schema, triplet.schema, nPair.schema, multiSimilarity.schema, nca.schema, proxyNca.schema,
  proxyNcaPlusPlus.schema, proxyAnchor.schema, proxyGml.schema, ntXent.schema, supCon.schema, arcface.schema,
  cosface.schema, circle.schema, softTriple.schema, subCenterArcface.schema,
]);

/** A loss with every option filled in. */
export type LossRecipe = z.infer<typeof exactLossSchema>;
export type LossName = LossRecipe['name'];

/** The loss with this name and these options. */
export type LossOf<Name extends LossName> = Extract<LossRecipe, { name: Name }>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Options that are left out come from the preset of the asked variant, else from the first preset. */
function fillFromPreset(input: unknown): unknown {
  const given: unknown = typeof input === 'string' ? { name: input } : input;
  if (!isRecord(given) || typeof given['name'] !== 'string' || !Object.hasOwn(lossEntries, given['name'])) return given;
  const { presets } = lossEntries[given['name'] as LossName];
  const preset = presets.find(({ key }) => key === given['variant']) ?? presets[0];
  return { ...preset.options, ...given };
}

/** Reads `{ name, ...options }`; missing options take the preset's default. */
export const lossSchema = z.preprocess(fillFromPreset, exactLossSchema);

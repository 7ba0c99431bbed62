import { z } from 'zod';

const classesPerBatch = z.number().int().min(1).max(4096).default(8).describe('Classes per batch');

export const samplerSchema = z.discriminatedUnion('name', [
  /** m samples of each of k classes; classes smaller than m repeat samples. */
  z.strictObject({
    name: z.literal('m-per-class'),
    classesPerBatch,
    samplesPerClass: z.number().int().min(1).max(1024).default(4).describe('Samples per class'),
  }),
  /** N classes, one anchor and one positive each (Sohn 2016). */
  z.strictObject({ name: z.literal('n-pair'), classesPerBatch: classesPerBatch.default(16) }),
  z.strictObject({ name: z.literal('random'), batchSize: z.number().int().min(2).max(8192).default(32).describe('Batch size') }),
  /** Every class equally often, samples at random. */
  z.strictObject({
    name: z.literal('class-balanced'),
    batchSize: z.number().int().min(2).max(8192).default(32).describe('Batch size'),
  }),
  /** Classes of one super-class (a metadata column) together, m samples of each. */
  z.strictObject({
    name: z.literal('hierarchical'),
    column: z.string().min(1).describe('Metadata column that groups classes'),
    superClassesPerBatch: z.number().int().min(1).max(64).default(2).describe('Super-classes per batch'),
    classesPerBatch,
    samplesPerClass: z.number().int().min(1).max(1024).default(4).describe('Samples per class'),
  }),
  /** Two-branch training: of each class, samples of two values of a column (two sensors); with one of each, every positive is across them. */
  z.strictObject({
    name: z.literal('two-branch'),
    column: z.string().min(1).default('sensor').describe('Metadata column of the branches'),
    classesPerBatch: classesPerBatch.default(16),
    samplesPerBranch: z.number().int().min(1).max(512).default(1).describe('Samples per branch'),
  }),
]);
export type Sampler = z.infer<typeof samplerSchema>;

/** How a batch is shared out among the datasets of a run: by the number of their identities (pictures for random batches), or evenly. */
export const mixingSchema = z.enum(['proportional', 'equal']);
export type Mixing = z.infer<typeof mixingSchema>;

const learningRate = (value: number) => z.number().positive().max(1000).default(value).describe('Learning rate');
const weightDecay = z.number().min(0).max(1).default(0).describe('Weight decay');
const epsilon = (value: number) => z.number().positive().max(10).default(value).describe('ε');
/** The proxies' learning rate is the network's, times this. */
const proxyRate = z.number().positive().max(1e6).default(100).describe('Proxy learning-rate multiplier');

export const optimizerSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('adam'),
    learningRate: learningRate(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('β₁'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('β₂'),
    epsilon: epsilon(1e-8),
    weightDecay,
    proxyRate,
  }),
  z.strictObject({
    name: z.literal('adamw'),
    learningRate: learningRate(1e-3),
    beta1: z.number().min(0).lt(1).default(0.9).describe('β₁'),
    beta2: z.number().min(0).lt(1).default(0.999).describe('β₂'),
    epsilon: epsilon(1e-8),
    weightDecay: weightDecay.default(1e-4),
    proxyRate,
  }),
  z.strictObject({
    name: z.literal('sgd'),
    learningRate: learningRate(0.1),
    momentum: z.number().min(0).lt(1).default(0.9).describe('Momentum'),
    nesterov: z.boolean().default(false).describe('Nesterov'),
    weightDecay: weightDecay.default(5e-4),
    proxyRate: proxyRate.default(1),
  }),
  z.strictObject({
    name: z.literal('rmsprop'),
    learningRate: learningRate(1e-4),
    decay: z.number().min(0).lt(1).default(0.99).describe('Decay'),
    momentum: z.number().min(0).lt(1).default(0).describe('Momentum'),
    epsilon: epsilon(1e-8),
    weightDecay,
    proxyRate,
  }),
]);
export type Optimizer = z.infer<typeof optimizerSchema>;

/** Of the learning rate, by epoch (plateau) or by step (the others). */
export const scheduleSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('constant') }),
  z.strictObject({
    name: z.literal('step'),
    everyEpochs: z.number().int().min(1).default(10).describe('Every (epochs)'),
    factor: z.number().positive().max(1).default(0.1).describe('Factor'),
  }),
  z.strictObject({
    name: z.literal('cosine'),
    finalShare: z.number().min(0).max(1).default(0.01).describe('Final share of the learning rate'),
  }),
  z.strictObject({
    name: z.literal('plateau'),
    patience: z.number().int().min(1).default(4).describe('Patience (epochs)'),
    factor: z.number().positive().max(1).default(0.1).describe('Factor'),
  }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** Gradient clipping: element by element, and by the global norm; null is off. */
export const clippingSchema = z.strictObject({
  value: z.number().positive().nullable().default(null).describe('Clip gradient values at'),
  norm: z.number().positive().nullable().default(null).describe('Clip gradient norm at'),
});
export type Clipping = z.infer<typeof clippingSchema>;

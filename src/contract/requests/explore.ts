import { z } from 'zod';
import { fewestSubjects, identifier, instant, part, typedName } from '../vocabulary.ts';
import { requests } from './request.ts';

/** How templates of many dimensions are laid flat. */
export const projection = z.enum(['pca', 'umap']);
export type Projection = z.infer<typeof projection>;

/** A sample is named by its place among those of the evaluation. */
const place = z.number().int().nonnegative();

const exploredSample = z.object({
  /** Null where the dataset, or this sample of it, is no longer here. */
  imageId: identifier.nullable(),
  path: z.string(),
  /** Whose it was in the evaluation: a corrected label is already the new one. */
  subject: z.string(),
  /** Metadata, in the order of the columns. */
  values: z.array(z.string()),
});
export type ExploredSample = z.infer<typeof exploredSample>;

export const comparedPair = z.object({ first: place, second: place, score: z.number() });
export type ComparedPair = z.infer<typeof comparedPair>;

const listedPairs = z.object({ total: z.number().int(), pairs: z.array(comparedPair) });
export type ListedPairs = z.infer<typeof listedPairs>;

const animal = z.enum(['dove', 'worm', 'chameleon', 'phantom']);
export type ZooAnimal = z.infer<typeof animal>;

const zooSubject = z.object({
  subject: z.string(),
  matedMean: z.number(),
  matedCount: z.number().int(),
  nonMatedMean: z.number(),
  nonMatedCount: z.number().int(),
  animal: animal.nullable(),
});
export type ZooPerson = z.infer<typeof zooSubject>;

const quartiles = z.tuple([z.number(), z.number()]);

export const zooReport = z.object({
  subjects: z.array(zooSubject),
  matedQuartiles: quartiles,
  nonMatedQuartiles: quartiles,
  /** How many stand in each corner, and the chance of as many if mated and non-mated scores had nothing to do with each other. */
  corners: z.array(z.object({ animal, count: z.number().int(), chance: z.number() })),
  /** People with a single sample: they have no mated score. */
  unplaced: z.array(z.string()),
  /** Comparisons with a failure to acquire, which are in no mean. */
  failures: z.number().int().default(0),
});
export type ZooReport = z.infer<typeof zooReport>;

/** An error rate of a slice with its 95 % interval; or none, with the reason. */
const sliceRate = z.object({
  rate: z.object({ value: z.number(), low: z.number(), high: z.number(), errors: z.number().int() }).nullable(),
  reason: z.string().nullable(),
  comparisons: z.number().int(),
  subjects: z.number().int(),
});
export type SliceRate = z.infer<typeof sliceRate>;

/** More groups cannot be read beside each other; and their matrix grows with the square of their number. */
export const mostSliceGroups = 40;

export const sliceReport = z.object({
  column: z.string(),
  threshold: z.number(),
  groups: z.array(z.object({ name: z.string(), samples: z.number().int(), subjects: z.number().int() })),
  /** [groups], of mated comparisons within the group. */
  fnmr: z.array(sliceRate),
  /** [groups][groups], symmetric: FMR between two groups, within one on the diagonal. */
  fmr: z.array(z.array(sliceRate)),
  /** Mated comparisons of two samples of different groups, such as with and without glasses: in no row of `fnmr`. */
  mixedMated: z.object({ comparisons: z.number().int(), errors: z.number().int() }),
  /** Samples without a value in this column: in no slice. */
  unknown: z.number().int(),
});
export type SliceReport = z.infer<typeof sliceReport>;

/** Error versus discard: what is left of the FNMR when the mated comparisons of lowest quality are set aside. */
export const discardReport = z.object({
  column: z.string(),
  threshold: z.number(),
  /** Ascending in the share set aside; `quality` is the lowest that is kept. */
  steps: z.array(z.object({ discarded: z.number(), error: z.number(), quality: z.number() })),
  comparisons: z.number().int(),
  /** Mated comparisons with a sample of unknown quality: in no step. */
  unknown: z.number().int(),
  /** Mean error up to the share `largest`; of an ideal measure, and of one that knows nothing. */
  area: z.object({ largest: z.number(), value: z.number(), ideal: z.number(), level: z.number() }),
});
export type DiscardReport = z.infer<typeof discardReport>;

const labelMark = z.object({
  imageId: identifier.nullable(),
  path: z.string(),
  /** As the dataset has it; null where the sample is no longer here. */
  labelled: z.string().nullable(),
  part: part.nullable(),
  /** Whose sample it is; null leaves it out. */
  subject: z.string().nullable(),
  markedAt: instant,
});
export type LabelMarkRow = z.infer<typeof labelMark>;

const evaluationId = { evaluationId: identifier };
const datasetId = { datasetId: identifier };

/** Which pairs are wanted, and in which order. */
export const pairsWanted = {
  kind: z.enum(['mated', 'non-mated']),
  order: z.enum(['worst', 'nearest']).default('worst'),
  threshold: z.number(),
  limit: z.number().int().min(1).max(500).default(24),
};

/** A column of metadata, and the one threshold for everybody that it is looked at with. */
export const columnWanted = { column: z.string().min(1).max(200), threshold: z.number() };

/** The groups of a column; those with fewer comparisons or subjects show no rate. */
export const slicesWanted = {
  ...columnWanted,
  minimumComparisons: z.number().int().min(1).max(1_000_000).default(30),
  minimumSubjects: z.number().int().min(fewestSubjects).max(100_000).default(fewestSubjects),
};

export const exploreRequests = requests({
  'explore.samples': {
    input: z.strictObject(evaluationId),
    output: z.object({ columns: z.array(z.string()), samples: z.array(exploredSample) }),
  },
  /**
   * Comparisons of the model, of one kind. `worst`: non-mated from the highest score down, mated from the lowest up. `nearest`: those
   * whose score lies nearest the threshold. `total`: how many the threshold gets wrong.
   */
  'explore.pairs': {
    input: z.strictObject({ ...evaluationId, ...pairsWanted }),
    output: listedPairs,
  },
  /** The samples that a sample resembles most. */
  'explore.neighbours': {
    input: z.strictObject({ ...evaluationId, sample: place, limit: z.number().int().min(1).max(100).default(12) }),
    output: z.array(z.object({ sample: place, score: z.number() })),
  },
  'explore.zoo': { input: z.strictObject(evaluationId), output: zooReport },
  /** Error rates of the groups that a metadata column makes, at one threshold for everybody; refused for more than `mostSliceGroups`. */
  'explore.slices': {
    input: z.strictObject({ ...evaluationId, ...slicesWanted }),
    output: sliceReport,
  },
  /** A metadata column of numbers read as the quality of samples, at one threshold. */
  'explore.discard': {
    input: z.strictObject({ ...evaluationId, ...columnWanted }),
    output: discardReport,
  },
  /** Two numbers a sample, or null while no such map was drawn; `explore.draw-map` draws it. */
  'explore.map': {
    input: z.strictObject({ ...evaluationId, projection }),
    output: z.object({ points: z.array(z.number()).nullable(), explained: quartiles.nullable() }),
  },
  'explore.draw-map': { input: z.strictObject({ ...evaluationId, projection }), output: z.object({ jobId: identifier }) },
  /** Labels of a dataset that somebody found wrong. The files of the dataset stay as they are. */
  'labels.list': { input: z.strictObject(datasetId), output: z.array(labelMark) },
  'labels.mark': {
    input: z.strictObject({ imageId: identifier, subject: typedName.nullable() }),
    output: z.object({ marked: z.literal(true) }),
  },
  'labels.unmark': { input: z.strictObject({ ...datasetId, path: z.string().min(1).max(4096) }), output: z.object({ unmarked: z.literal(true) }) },
});

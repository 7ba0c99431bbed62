import { z } from 'zod';
import type { FoldAccuracy } from '../../evaluation/fold-accuracy.ts';
import type { SuspectedCopy } from '../suspected-copies.ts';
import { absolutePath, estimate, identifier, instant } from '../vocabulary.ts';
import { columnWanted, comparedPair, discardReport, pairsWanted, sliceReport, slicesWanted } from './explore.ts';
import { requests } from './request.ts';
import type { ColumnStudies, ScoreDrawing, ScoreFileReport, Studied } from './score-files.ts';
import { scoreFilePlan } from './score-files.ts';

const images = { images: absolutePath };

/** How several images on a side become one score: the mean of their unit templates is compared, or all pairs are and their scores fused. */
export const fusion = z.enum(['mean-template', 'mean-score', 'max-score']);
export type Fusion = z.infer<typeof fusion>;

/** A protocol by its kind, its file where it has one, and the folder that the paths of its images start from. */
export const protocolSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all-pairs'), ...images }),
  z.strictObject({ kind: z.literal('lfw'), file: absolutePath, ...images }),
  z.strictObject({ kind: z.literal('fvc'), ...images }),
  z.strictObject({ kind: z.literal('pairs'), file: absolutePath, ...images }),
  /** A CSV of path, subject, role (gallery, probe), in the manner of bob; images with the same `set` are one template. */
  z.strictObject({ kind: z.literal('gallery'), file: absolutePath, fusion: fusion.default('mean-template'), ...images }),
  /** A CSV of path, subject, set: every set of images with every other. */
  z.strictObject({ kind: z.literal('sets'), file: absolutePath, fusion: fusion.default('mean-template'), ...images }),
  /** RidgeBase: contactless with contactless, or contact with contactless. Task 3 needs the JSON of its sets. */
  z.strictObject({
    kind: z.literal('ridgebase'),
    task: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    sensors: z.enum(['CL2CL', 'C2CL']).default('CL2CL'),
    file: absolutePath.nullable().default(null),
    fusion: fusion.default('mean-template'),
    ...images,
  }),
]);
export type ProtocolSource = z.infer<typeof protocolSource>;

export const protocolOrder = z.strictObject({
  source: protocolSource,
  modelId: identifier.nullable().default(null),
  plan: scoreFilePlan.prefault({}),
  /** A CSV of path and any other columns about the images: groups to compare, numbers to read as a quality. */
  metadata: absolutePath.nullable().default(null),
  /** A folder of images of other people, a folder each: the cohort of Z-, T- and S-norm. Null: the people of the development split. */
  cohort: absolutePath.nullable().default(null),
  /** Scores, report and manifest go into a new folder below this one (null: among the exports of the data folder). */
  folder: absolutePath.nullable().default(null),
});
export type ProtocolOrder = z.infer<typeof protocolOrder>;

/** A file or folder with the SHA-256 of what was in it. */
export interface InputFile {
  readonly path: string;
  readonly hash: string;
}

/** Whose scores the norms take for ordinary. */
export interface Cohort {
  readonly people: number;
  /** The folder that they come from; null: the development split. */
  readonly folder: string | null;
}

/** Everything that a run of a protocol rests on; the same again gives the same figures. */
export interface ProtocolManifest {
  readonly likeness: string;
  readonly source: ProtocolSource;
  readonly protocolHash: string;
  /** SHA-256 of the images' names and contents. */
  readonly imagesHash: string;
  readonly model: { readonly id: string; readonly name: string; readonly weightsHash: string };
  readonly plan: ScoreFileReport['plan'];
  /** What else was read, where it was; absent in manifests of before it could be. */
  readonly metadata?: InputFile | null;
  readonly cohort?: InputFile | null;
  readonly scoresHash: string;
  readonly node: string;
}

export interface ProtocolReport {
  readonly id: string;
  readonly createdAt: number;
  readonly manifest: ProtocolManifest;
  /** Failures to acquire count as rejections of every comparison they take part in. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** Subjects of the protocol that the model has learned from. */
  readonly seenInTraining: readonly string[];
  /** What others trained the model on, as far as they say; null where it was trained here, absent in reports of before it was said. */
  readonly foreignTraining?: string | null;
  /** Images that look like the same photo and are compared like all others, those of two subjects first; absent in reports of before they were looked for. */
  readonly suspectedCopies?: readonly SuspectedCopy[];
  readonly figures: ScoreFileReport;
  /** Curve and histogram; null where the scores are of one kind. */
  readonly drawing: ScoreDrawing | null;
  /** Where the protocol has folds. */
  readonly folds: FoldAccuracy | null;
  /** What the columns of metadata say, and whom the scores were normalised by; absent in reports of before they were asked. */
  readonly columns?: Studied<ColumnStudies>;
  readonly cohort?: Studied<Cohort>;
  readonly folder: string;
  readonly files: readonly string[];
}

export const protocolCard = z.object({
  id: identifier,
  kind: z.string(),
  /** Of the protocol, in words. */
  title: z.string(),
  modelId: identifier,
  modelName: z.string(),
  images: z.string(),
  mated: z.number().int(),
  nonMated: z.number().int(),
  eer: estimate.nullable(),
  createdAt: instant,
});
export type ProtocolCard = z.infer<typeof protocolCard>;

/** One side of a comparison: an image, or the images of a set. */
const protocolSample = z.object({ name: z.string(), subject: z.string(), imageIds: z.array(identifier) });
export type ProtocolSample = z.infer<typeof protocolSample>;

const protocolId = { protocolId: identifier };

/** Standard comparisons of a model on images in a folder. */
export const protocolRequests = requests({
  /** Embeds the images that a protocol names and compares what it prescribes (a job); `protocols.get` has the report then. */
  'protocols.run': { input: protocolOrder, output: z.object({ protocolId: identifier, jobId: identifier }) },
  'protocols.list': { input: z.strictObject({}), output: z.array(protocolCard) },
  'protocols.get': { input: z.strictObject(protocolId), output: z.custom<ProtocolReport>() },
  /** Comparisons of one kind, as `explore.pairs` has them; `first` and `second` are places among `samples`. */
  'protocols.pairs': {
    input: z.strictObject({ ...protocolId, ...pairsWanted }),
    output: z.object({ total: z.number().int(), samples: z.array(protocolSample), pairs: z.array(comparedPair) }),
  },
  /** As `explore.slices` and `explore.discard`, of the comparisons that count. */
  'protocols.slices': {
    input: z.strictObject({ ...protocolId, ...slicesWanted }),
    output: sliceReport,
  },
  'protocols.discard': {
    input: z.strictObject({ ...protocolId, ...columnWanted }),
    output: discardReport,
  },
  /** Writes report, manifest, charts, curves and scores into a new folder below `folder` (null: among the exports). */
  'protocols.export': {
    input: z.strictObject({ ...protocolId, folder: absolutePath.nullable().default(null) }),
    output: z.object({ folder: z.string(), files: z.array(z.string()) }),
  },
  'protocols.remove': { input: z.strictObject(protocolId), output: z.object({ removed: z.literal(true) }) },
});

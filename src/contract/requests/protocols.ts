import { z } from 'zod';
import type { FoldAccuracy } from '../../evaluation/fold-accuracy.ts';
import { absolutePath, identifier } from '../vocabulary.ts';
import { requests } from './request.ts';
import type { ScoreFileReport } from './score-files.ts';
import { scoreFilePlan } from './score-files.ts';

const images = { images: absolutePath };

/** A protocol by its kind, its file where it has one, and the folder that the paths of its images start from. */
export const protocolSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lfw'), file: absolutePath, ...images }),
  z.strictObject({ kind: z.literal('pairs'), file: absolutePath, ...images }),
  z.strictObject({ kind: z.literal('gallery'), file: absolutePath, ...images }),
  z.strictObject({ kind: z.literal('fvc'), ...images }),
]);
export type ProtocolSource = z.infer<typeof protocolSource>;

export const protocolOrder = z.strictObject({
  source: protocolSource,
  modelId: identifier.nullable().default(null),
  plan: scoreFilePlan.prefault({}),
  /** Scores, report and manifest go into a new folder below this one (null: among the exports of the data folder). */
  folder: absolutePath.nullable().default(null),
});
export type ProtocolOrder = z.infer<typeof protocolOrder>;

/** Everything that a run of a protocol rests on; the same again gives the same figures. */
export interface ProtocolManifest {
  readonly likeness: string;
  readonly source: ProtocolSource;
  readonly protocolHash: string;
  /** SHA-256 of the images' names and contents. */
  readonly imagesHash: string;
  readonly model: { readonly id: string; readonly name: string; readonly weightsHash: string };
  readonly plan: ScoreFileReport['plan'];
  readonly scoresHash: string;
  readonly node: string;
}

export interface ProtocolReport {
  readonly manifest: ProtocolManifest;
  /** Failures to acquire count as errors of every comparison they take part in. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
  /** Subjects of the protocol that the model has learned from. */
  readonly seenInTraining: readonly string[];
  readonly figures: ScoreFileReport;
  /** Where the protocol has folds. */
  readonly folds: FoldAccuracy | null;
  readonly folder: string;
  readonly files: readonly string[];
}

/** Standard comparisons of a model on images in a folder. */
export const protocolRequests = requests({
  /** Embeds the images that a protocol names and compares what it prescribes (a job); `protocols.get` has the report then. */
  'protocols.run': { input: protocolOrder, output: z.object({ jobId: identifier }) },
  'protocols.get': { input: z.strictObject({ jobId: identifier }), output: z.custom<ProtocolReport>() },
});

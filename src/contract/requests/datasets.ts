import { z } from 'zod';
import { suspectedCopy } from '../suspected-copies.ts';
import { absolutePath, identifier, instant, modality, page, part, typedName } from '../vocabulary.ts';
import { requests } from './request.ts';

/** `auto` looks at the folder: a CSV file is a manifest, s1/1.pgm is ORL, folders of images are subjects. */
export const datasetLayout = z.enum(['auto', 'folders', 'orl', 'csv']);
export type DatasetLayout = z.infer<typeof datasetLayout>;

/** Shares of the subjects (not of the images); they must sum to 1. */
export const split = z
  .strictObject({
    seed: z.number().int().min(0).max(0xffffffff).default(1),
    train: z.number().min(0).max(1).default(0.6),
    validation: z.number().min(0).max(1).default(0.15),
    test: z.number().min(0).max(1).default(0.25),
  })
  .refine((shares) => Math.abs(shares.train + shares.validation + shares.test - 1) < 1e-6, {
    message: 'The shares of train, validation and test must sum to 1.',
  });
export type Split = z.infer<typeof split>;

const finding = z.object({ path: z.string(), reason: z.string() });

/** What was wrong with the files; none of it stops the import, all of it is counted. */
export const datasetFindings = z.object({
  unreadable: z.array(finding),
  duplicates: z.array(z.object({ path: z.string(), of: z.string(), sameSubject: z.boolean() })),
  /** Not left out, those of two subjects first; absent in datasets of before they were looked for. */
  suspectedCopies: z.array(suspectedCopy).optional(),
  emptyFolders: z.array(z.string()),
  /** Subjects with a single image: usable as non-mated only. */
  singletons: z.array(z.string()),
  /** Files that are not images, skipped. */
  skippedFiles: z.number().int(),
});
export type DatasetFindings = z.infer<typeof datasetFindings>;

const partCount = z.object({ subjects: z.number().int(), images: z.number().int() });

export const datasetCard = z.object({
  id: identifier,
  name: z.string(),
  modality,
  layout: datasetLayout,
  path: z.string(),
  state: z.enum(['importing', 'ready', 'failed']),
  subjects: z.number().int(),
  images: z.number().int(),
  split,
  parts: z.object({ train: partCount, validation: partCount, test: partCount }),
  columns: z.array(z.string()),
  findings: datasetFindings,
  isDemo: z.boolean(),
  credit: z.string().nullable(),
  createdAt: instant,
});
export type DatasetCard = z.infer<typeof datasetCard>;

export const datasetSubject = z.object({ name: z.string(), part, images: z.array(z.object({ imageId: identifier, path: z.string() })) });
export type DatasetSubject = z.infer<typeof datasetSubject>;

const datasetId = { datasetId: identifier };

export const datasetRequests = requests({
  'datasets.list': { input: z.strictObject({}), output: z.array(datasetCard) },
  'datasets.get': { input: z.strictObject(datasetId), output: datasetCard },
  /** The subjects of a dataset with their images, a page at a time, in name order. */
  'datasets.subjects': {
    input: z.strictObject({ ...datasetId, part: part.nullable().default(null), ...page }),
    output: z.object({ total: z.number().int(), subjects: z.array(datasetSubject) }),
  },
  'datasets.add': {
    input: z.strictObject({
      name: typedName,
      modality: modality.default('face'),
      path: absolutePath,
      layout: datasetLayout.default('auto'),
      split: split.prefault({}),
    }),
    output: z.object({ datasetId: identifier, jobId: identifier }),
  },
  'datasets.resplit': { input: z.strictObject({ ...datasetId, split }), output: datasetCard },
  /** Forgets the dataset; the files it was read from stay untouched. */
  'datasets.remove': { input: z.strictObject(datasetId), output: z.object({ removed: z.literal(true) }) },
});

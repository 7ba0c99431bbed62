import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import type { Fusion, ProtocolManifest, ProtocolOrder, ProtocolReport, ProtocolSource } from '../../contract/requests/protocols.ts';
import type { ScoreFilePlan } from '../../contract/requests/score-files.ts';
import type { MeasuredSide } from '../../store/measurements.ts';
import { insertMeasurement } from '../../store/measurements.ts';
import type { ModelRecord } from '../../store/models.ts';
import { listPixelsSeenInTraining } from '../../store/models.ts';
import type { ReadableImage } from '../check-images.ts';
import { checkImages, dropDuplicates } from '../check-images.ts';
import { counted } from '../counted.ts';
import { findSuspectedCopies } from '../copies/find-suspected-copies.ts';
import type { FoundImage } from '../dataset-scan.ts';
import type { EmbeddedSamples } from '../embed-dataset.ts';
import { embedDataset } from '../embed-dataset.ts';
import type { RunningJob } from '../jobs.ts';
import { embedderOf, isPretrained } from '../models.ts';
import { fillExportFolder, newExportFolder } from '../new-export-folder.ts';
import { cacheOfPicture } from '../picture-cache.ts';
import { runInThread } from '../run-in-thread.ts';
import type { ThreadProgress } from '../thread-tasks.ts';
import type { Workbench } from '../workbench.ts';
import { writeLines } from '../write-lines.ts';
import { writeCohort } from './cohort.ts';
import type { ComparisonList, Metadata } from './comparison-list.ts';
import { membersOf } from './comparison-list.ts';
import { foldReader } from './fold-reader.ts';
import { hashOfLines } from './hash-of-lines.ts';
import { metadataOf } from './read-metadata.ts';
import { readProtocol } from './read-protocol.ts';
import type { ScoreColumns } from './score-columns.ts';
import { scoreColumns } from './score-columns.ts';
import type { ScoredPair } from './score-comparisons.ts';
import { scoreComparisons, scoresHeader, scoresLine } from './score-comparisons.ts';
import { writeProtocolReport } from './write-protocol-report.ts';

export interface ProtocolWork {
  readonly protocolId: string;
  readonly order: ProtocolOrder;
  readonly model: ModelRecord;
}

/** Embeds what the protocol names, compares what it prescribes, and leaves scores, report and manifest in a new folder. */
export async function runProtocol(workbench: Workbench, work: ProtocolWork, job: RunningJob): Promise<ProtocolReport> {
  const { order, model } = work;
  const list = await readProtocol(order.source);
  const metadata = await metadataOf(list, order.metadata);
  const { embedded, readable, failures, suspectedCopies } = await embedImages(workbench, { ...work, list }, job);
  const folder = await newFolder(workbench, work);
  return fillExportFolder(folder, async () => {
    const [path, cohortPath] = [join(folder, 'scores.csv'), join(folder, 'cohort.csv')];
    const { cohort, input } = await writeCohort(workbench, { model, list, embedded, fusion: fusionOf(order.source), folder: order.cohort, path: cohortPath }, job);
    job.progress({ message: 'Comparing.', done: 0, total: null });
    const folds = foldReader(list);
    const columns = scoreColumns(list, { metadata, qualities: qualitiesOf(embedded) });
    await writeLines(path, linesOfScores(scoreComparisons(list, embedded, fusionOf(order.source)), columns, folds.take));
    const measured = await measureScores({ path, plan: order.plan, cohort: 'refusal' in cohort ? null : cohortPath, columns: columns.names }, job);
    const manifest: ProtocolManifest = {
      likeness: workbench.version, source: order.source, protocolHash: list.hash, imagesHash: hashOfLines(readable.map(({ path: image, sha256 }) => `${sha256} ${image}`)),
      model: { id: model.id, name: model.name, weightsHash: model.weightsHash }, plan: order.plan,
      metadata: order.metadata === null ? null : { path: order.metadata, hash: hashOfMetadata(metadata) }, cohort: input,
      scoresHash: measured.figures.fileHash, node: process.versions.node,
    };
    const found = { manifest, failures, suspectedCopies, seenInTraining: subjectsSeen(workbench, model, readable), foreignTraining: isPretrained(model) ? model.trainedOn : null, cohort, ...measured, folds: folds.result() };
    const written = await writeProtocolReport({ id: work.protocolId, createdAt: Date.now(), ...found, folder });
    insertMeasurement(workbench.store.database, { kind: 'protocol', report: written, scoresFile: path, sides: sidesOf(list, order.source.images) });
    return written;
  });
}

interface ScoresOrder {
  readonly path: string;
  readonly plan: ScoreFilePlan;
  /** Of the run itself; the plan may name another. */
  readonly cohort: string | null;
  readonly columns: readonly string[];
}

/** Figures, curves and groups of the scores that were written. The plan stays as it was asked for: where the cohort lies is of this run alone. */
async function measureScores({ path, plan, cohort, columns }: ScoresOrder, job: RunningJob): Promise<Pick<ProtocolReport, 'figures' | 'drawing'> & Pick<Required<ProtocolReport>, 'columns'>> {
  const options = { signal: job.signal, onProgress: (progress: ThreadProgress) => job.progress(progress) };
  const figures = await runInThread('score-file', { path, plan: { ...plan, cohort: plan.cohort ?? cohort } }, options);
  const drawing = await runInThread('draw-scores', { path, plan }, options);
  return { figures: { ...figures, plan }, drawing, columns: await runInThread('column-studies', { path, plan, columns, development: figures.development }, options) };
}

function qualitiesOf({ samples, qualities }: EmbeddedSamples<ReadableImage>): ReadonlyMap<string, number> {
  return new Map(samples.flatMap(({ path }, row) => (qualities[row] === null ? [] : [[path, qualities[row]!] satisfies [string, number]])));
}

const hashOfMetadata = (metadata: ReadonlyMap<string, Metadata>): string => hashOfLines([...metadata].map(([path, words]) => JSON.stringify([path, words])));

async function embedImages(workbench: Workbench, { order, model, list }: ProtocolWork & { list: ComparisonList }, job: RunningJob) {
  const root = order.source.images;
  job.progress({ message: 'Opening the images.', done: 0, total: list.samples.length });
  const { there, missing } = await lookFor(list, root);
  if (there.length === 0) {
    throw new RequestError('bad-dataset', `None of the ${list.samples.length.toLocaleString('en-GB')} images to compare is below ${root}, such as ${missing[0]!.path}: name the folder that their paths start from.`);
  }
  const { readable, unreadable } = await checkImages(workbench, { root, images: there }, job);
  const suspectedCopies = await findSuspectedCopies(dropDuplicates(readable).kept, job);
  let done = 0;
  job.progress({ message: 'Embedding.', done, total: readable.length });
  const onDone = (count: number): void => job.progress({ done: (done += count) });
  const [first] = readable;
  const folder = first === undefined ? null : cacheOfPicture(workbench, join(root, first.path));
  const cache = folder === null ? null : { folder, embeddings: true };
  const embedded = await embedDataset(workbench, { embedder: embedderOf(workbench.home, model), root, cache, samples: readable, onDone }, job);
  const failures = [...missing, ...unreadable, ...embedded.failures];
  if (embedded.samples.length === 0) {
    throw new RequestError('too-little-data', `None of the ${counted(list.samples.length, 'image')} to compare gave a template, such as ${failures[0]!.path}: ${failures[0]!.reason} Is ${model.name} made for such images?`);
  }
  return { embedded, readable, suspectedCopies, failures };
}

function* linesOfScores(scored: Iterable<ScoredPair>, columns: ScoreColumns, take: (pair: ScoredPair) => void): Generator<string, void> {
  yield scoresHeader(columns);
  for (const pair of scored) {
    take(pair);
    yield scoresLine(pair, columns);
  }
}

const fusionOf = (source: ProtocolSource): Fusion => ('fusion' in source ? source.fusion : 'mean-template');

function sidesOf({ sides, sets }: ComparisonList, root: string): MeasuredSide[] {
  return sides.map(({ name, subject }) => ({ name, subject, images: membersOf(sets, name).map(({ path }) => join(root, path)) }));
}

async function lookFor({ samples }: ComparisonList, root: string): Promise<{ there: FoundImage[]; missing: ProtocolReport['failures'] }> {
  const isThere = await Promise.all(samples.map(({ path }) => stat(join(root, path)).then((found) => found.isFile(), () => false)));
  return {
    there: samples.filter((_, at) => isThere[at]).map((sample) => ({ ...sample, metadata: {} })),
    missing: samples.filter((_, at) => !isThere[at]).map(({ path }) => ({ path, reason: 'It is not there.' })),
  };
}

/** Subjects of whom the model saw one of these very images while it learned. */
function subjectsSeen({ store }: Workbench, { id }: ModelRecord, images: readonly ReadableImage[]): string[] {
  const seen = new Set(listPixelsSeenInTraining(store.database, id));
  return [...new Set(images.filter(({ pixelHash }) => seen.has(pixelHash)).map(({ subject }) => subject))];
}

async function newFolder({ home }: Workbench, { protocolId, order, model }: ProtocolWork): Promise<string> {
  return newExportFolder(order.folder ?? join(home, 'exports'), { words: `protocol ${order.source.kind} ${model.name}`, id: protocolId });
}

import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCurvesCsv, scoreCountsCsv } from '../../charts/figure-csv.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { ProtocolManifest, ProtocolOrder, ProtocolReport } from '../../contract/requests/protocols.ts';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import type { FoldAccuracy } from '../../evaluation/fold-accuracy.ts';
import { foldAccuracy } from '../../evaluation/fold-accuracy.ts';
import { pairGuard } from '../../evaluation/pair-guard.ts';
import type { ModelRecord } from '../../store/models.ts';
import { listPixelsSeenInTraining } from '../../store/models.ts';
import type { ReadableImage } from '../check-images.ts';
import { checkImages } from '../check-images.ts';
import type { FoundImage } from '../dataset-scan.ts';
import type { ScoreDrawing } from '../draw-scores.ts';
import { embedDataset } from '../embed-dataset.ts';
import { chartFiles } from '../evaluation-charts.ts';
import type { RunningJob } from '../jobs.ts';
import { embedderOf } from '../models.ts';
import { runInThread } from '../run-in-thread.ts';
import type { ThreadProgress } from '../thread-tasks.ts';
import type { Workbench } from '../workbench.ts';
import type { ComparisonList } from './comparison-list.ts';
import { reportHtml, reportMarkdown } from './protocol-report.ts';
import { readProtocol } from './read-protocol.ts';
import type { ScoredPair } from './score-comparisons.ts';
import { scoreComparisons, scoresCsv } from './score-comparisons.ts';

export interface ProtocolWork {
  readonly order: ProtocolOrder;
  readonly model: ModelRecord;
}

/** Embeds what the protocol names, compares what it prescribes, and leaves scores, report and manifest in a new folder. */
export async function runProtocol(workbench: Workbench, { order, model }: ProtocolWork, job: RunningJob): Promise<ProtocolReport> {
  const list = await readProtocol(order.source);
  job.progress({ message: 'Opening the images.', total: list.samples.length });
  const { there, missing } = await lookFor(list, order.source.images);
  const { readable, unreadable } = await checkImages(workbench, { root: order.source.images, images: there }, job);
  let done = 0;
  job.progress({ message: 'Embedding.', done, total: readable.length });
  const onDone = (count: number): void => job.progress({ done: (done += count) });
  const embedded = await embedDataset(workbench, { embedder: embedderOf(workbench.home, model), root: order.source.images, samples: readable, onDone }, job);
  const scored = scoreComparisons(list, embedded);
  const folder = await newFolder(workbench, { order, model }, job);
  await writeFile(join(folder, 'scores.csv'), scoresCsv(scored));
  const scores = { path: join(folder, 'scores.csv'), plan: order.plan };
  const options = { signal: job.signal, onProgress: (progress: ThreadProgress) => job.progress(progress) };
  const figures = await runInThread('score-file', scores, options);
  const charts = chartsOf(await runInThread('draw-scores', scores, options), { name: model.name, figures });
  const manifest: ProtocolManifest = {
    likeness: workbench.version, source: order.source, protocolHash: list.hash, imagesHash: hashOf(readable.map(({ path, sha256 }) => `${sha256} ${path}`)),
    model: { id: model.id, name: model.name, weightsHash: model.weightsHash }, plan: order.plan, scoresHash: figures.fileHash, node: process.versions.node,
  };
  const report: ProtocolReport = {
    manifest, failures: [...missing, ...unreadable, ...embedded.failures], seenInTraining: subjectsSeen(workbench, model, readable), figures,
    folds: foldsOf(list, scored), folder,
    files: ['scores.csv', 'report.json', 'report.md', 'report.html', 'manifest.json', ...Object.keys(charts)],
  };
  await writeReports(report, charts);
  return report;
}

async function writeReports(report: ProtocolReport, charts: Record<string, string>): Promise<void> {
  const figures = Object.fromEntries(Object.entries(charts).filter(([file]) => file.endsWith('.svg')));
  const texts = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`, 'report.md': reportMarkdown(report, Object.keys(figures)), 'report.html': reportHtml(report, figures),
    'manifest.json': `${JSON.stringify({ ...report.manifest, figures: report.figures }, null, 2)}\n`, ...charts,
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(report.folder, name), text);
}

/** Charts and the points behind them, by file; none where the scores are of one kind. */
function chartsOf(drawing: ScoreDrawing | null, { name, figures }: { name: string; figures: ScoreFileReport }): Record<string, string> {
  if (drawing === null) return {};
  const curves = { curves: [{ name, points: drawing.curve }], mated: figures.matedCount, nonMated: figures.nonMatedCount };
  return { ...chartFiles(curves, drawing.histogram), 'roc.csv': errorCurvesCsv(curves), 'histogram.csv': scoreCountsCsv(drawing.histogram) };
}

async function lookFor({ samples }: ComparisonList, root: string): Promise<{ there: FoundImage[]; missing: ProtocolReport['failures'] }> {
  const isThere = await Promise.all(samples.map(({ path }) => stat(join(root, path)).then((found) => found.isFile(), () => false)));
  return {
    there: samples.filter((_, at) => isThere[at]).map((sample) => ({ ...sample, metadata: {} })),
    missing: samples.filter((_, at) => !isThere[at]).map(({ path }) => ({ path, reason: 'It is not there.' })),
  };
}

/** Over the comparisons that do not flatter; beside it what all of them give a threshold chosen on themselves. */
function foldsOf({ pairs }: ComparisonList, scored: readonly ScoredPair[]): FoldAccuracy | null {
  const names = [...new Set(pairs.map(({ split }) => split))];
  if (names.length < 2 || names.includes('')) return null;
  const guard = pairGuard();
  const honest = scored.filter((pair) => guard.check(pair) === null);
  if (new Set(honest.map(({ split }) => split)).size < names.length) return null;
  const accuracyOf = (some: readonly ScoredPair[]): FoldAccuracy => foldAccuracy({
    scores: Float64Array.from(some, ({ score }) => score),
    isMated: Uint8Array.from(some, ({ isMated }) => (isMated ? 1 : 0)),
    folds: Int32Array.from(some, ({ split }) => names.indexOf(split)),
  });
  return { ...accuracyOf(honest), naive: accuracyOf(scored).naive };
}

/** Subjects of whom the model saw one of these very images while it learned. */
function subjectsSeen({ store }: Workbench, { id }: ModelRecord, images: readonly ReadableImage[]): string[] {
  const seen = new Set(listPixelsSeenInTraining(store.database, id));
  return [...new Set(images.filter(({ pixelHash }) => seen.has(pixelHash)).map(({ subject }) => subject))];
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

async function newFolder({ home }: Workbench, { order, model }: ProtocolWork, job: RunningJob): Promise<string> {
  const words = `${order.source.kind} ${model.name}`.normalize('NFKD').replace(/[^\w]+/g, '-').slice(0, 60).toLowerCase();
  const folder = join(order.folder ?? join(home, 'exports'), `protocol-${words}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}-${job.id.slice(-6)}`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new RequestError('storage', `The folder ${folder} cannot be made (${error instanceof Error ? error.message : String(error)}). Choose another folder.`);
  });
  return folder;
}

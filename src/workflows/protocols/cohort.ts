import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import type { Cohort, Fusion, InputFile } from '../../contract/requests/protocols.ts';
import type { Studied } from '../../contract/requests/score-files.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { ModelRecord } from '../../store/models.ts';
import type { ReadableImage } from '../check-images.ts';
import { checkImages } from '../check-images.ts';
import { inNaturalOrder } from '../dataset-scan.ts';
import type { EmbeddedSamples } from '../embed-dataset.ts';
import { embedDataset } from '../embed-dataset.ts';
import { isDevelopment } from '../guarded-scores.ts';
import type { RunningJob } from '../jobs.ts';
import { embedderOf } from '../models.ts';
import { cacheOfPicture } from '../picture-cache.ts';
import { quoted } from '../quoted.ts';
import type { Workbench } from '../workbench.ts';
import { writeLines } from '../write-lines.ts';
import type { ComparisonList, ListedSide } from './comparison-list.ts';
import { hashOfLines } from './hash-of-lines.ts';
import { imagesBelow } from './read-protocol.ts';
import type { EmbeddedSide } from './score-comparisons.ts';
import { sideComparer, sidesReader } from './score-comparisons.ts';

/** As many as an evaluation of a dataset takes, and no more scores than a file of them should have. */
const largestCohort = 400;
const mostScores = 4_000_000;
const smallestCohort = 2;

export interface CohortOrder {
  readonly model: ModelRecord;
  readonly list: ComparisonList;
  readonly embedded: EmbeddedSamples<ReadableImage>;
  readonly fusion: Fusion;
  /** A folder of other people; null: the development split. */
  readonly folder: string | null;
}

/** Other people, one template each, in one set with those of the protocol. */
interface Members {
  readonly templates: TemplateSet;
  readonly sides: readonly CohortSide[];
  readonly input: InputFile | null;
}

type CohortSide = Pick<EmbeddedSide, 'row' | 'rows'>;

/**
 * Writes a CSV of how everything that is judged scores against people who are not: the first image of each, or the first side of each in
 * the development split. Nobody is in it whom the protocol judges.
 *
 * @returns whom it is made of; or, where there are too few and no file, why.
 * @throws RequestError bad-dataset for a folder that cannot be read.
 */
export async function writeCohort(workbench: Workbench, order: CohortOrder & { path: string }, job: RunningJob): Promise<{ cohort: Studied<Cohort>; input: InputFile | null }> {
  const { list, embedded, fusion, folder, path } = order;
  const judged = judgedSides(list);
  if (folder === null && judged.length === list.sides.length) {
    return { cohort: { refusal: 'There is nobody to normalise by: the protocol has no development split, and no cohort was named. Name a folder of images of other people.' }, input: null };
  }
  const { templates, sides, input } = folder === null ? ofDevelopment(order, judged) : await ofFolder(workbench, { ...order, folder }, job);
  const members = sides.slice(0, Math.max(smallestCohort, Math.floor(mostScores / judged.length)));
  const refused = (refusal: string) => ({ cohort: { refusal }, input });
  if (embedded.samples.length === 0) return refused('No image of the protocol gave a template.');
  if (members.length < smallestCohort) {
    return refused(`${folder ?? 'The development split'} has ${members.length === 0 ? 'nobody' : 'one person'} with a template who is not judged; a cohort needs ${smallestCohort} people, better some hundred.`);
  }
  const [sideOf, compare] = [sidesReader(list, embedded.samples), sideComparer(templates, fusion)];
  const rows = judged.map(({ name }) => ({ name, side: sideOf(name) })).filter(({ side }) => side.rows.size > 0);
  if (rows.some(({ side }) => compare(side, members[0]!) === -Infinity)) {
    return refused('The sets of this protocol are compared part by part, such as finger by finger; a cohort must have the same parts, as a development split has.');
  }
  await writeLines(path, linesOf(rows, members, compare));
  return { cohort: { people: members.length, folder }, input };
}

function* linesOf(rows: readonly { name: string; side: CohortSide }[], members: readonly CohortSide[], compare: ReturnType<typeof sideComparer>): Generator<string, void> {
  yield 'sample,score\n';
  for (const { name, side } of rows) for (const member of members) yield `${quoted(name)},${compare(side, member)}\n`;
}

/** A protocol whose every side is of a development split is judged on it. */
function judgedSides({ sides }: ComparisonList): readonly ListedSide[] {
  const others = sides.filter(({ split }) => !isDevelopment(split));
  return others.length === 0 ? sides : others;
}

function ofDevelopment({ list, embedded }: CohortOrder, judged: readonly ListedSide[]): Members {
  const taken = new Set(judged.map(({ subject }) => subject));
  const sideOf = sidesReader(list, embedded.samples);
  const sides: CohortSide[] = [];
  for (const { name, subject, split } of list.sides) {
    if (!isDevelopment(split) || taken.has(subject)) continue;
    const side = sideOf(name);
    if (side.rows.size === 0) continue;
    taken.add(subject);
    if (sides.push(side) === largestCohort) break;
  }
  return { templates: embedded.templates, sides, input: null };
}

async function ofFolder(workbench: Workbench, { model, list, embedded, folder }: CohortOrder & { folder: string }, job: RunningJob): Promise<Members> {
  job.progress({ message: 'Opening the images of the cohort.' });
  const images = firstOfEach(await imagesBelow(folder), new Set(list.sides.map(({ subject }) => subject)));
  const { readable } = await checkImages(workbench, { root: folder, images }, job);
  const judged = new Set(embedded.samples.map(({ pixelHash }) => pixelHash));
  const samples = readable.filter(({ pixelHash }) => !judged.has(pixelHash));
  job.progress({ message: 'Embedding the cohort.', done: 0, total: null });
  const [first] = samples;
  const cached = first === undefined ? null : cacheOfPicture(workbench, join(folder, first.path));
  const cohort = await embedDataset(workbench, { embedder: embedderOf(workbench.home, model), root: folder, cache: cached === null ? null : { folder: cached, embeddings: true }, samples, onDone: () => undefined }, job);
  const from = embedded.samples.length;
  const sides = cohort.samples.map((_, at) => ({ row: from + at, rows: new Map([['', [from + at]]]) }));
  return { templates: joined(embedded.templates, cohort.templates), sides, input: { path: folder, hash: hashOfLines(samples.map(({ path, sha256 }) => `${sha256} ${path}`)) } };
}

/** One image of each person, whose folder it is in; an image beside the folders is a person of its own. Those whom the protocol names are left out. */
function firstOfEach(paths: readonly string[], named: ReadonlySet<string>): { path: string; subject: string; metadata: Record<string, string> }[] {
  const first = new Map<string, string>();
  for (const path of [...paths].sort(inNaturalOrder)) {
    const subject = dirname(path) === '.' ? path : dirname(path);
    if (!named.has(subject) && !first.has(subject)) first.set(subject, path);
  }
  return [...first].slice(0, largestCohort).map(([subject, path]) => ({ path, subject, metadata: {} }));
}

function joined(one: TemplateSet, other: TemplateSet): TemplateSet {
  const embeddings = new Float32Array(one.embeddings.length + other.embeddings.length);
  embeddings.set(one.embeddings);
  embeddings.set(other.embeddings, one.embeddings.length);
  return { embeddings, dimension: one.dimension, subjects: new Int32Array(one.subjects.length + other.subjects.length) };
}

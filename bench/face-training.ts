import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EmbedderSource } from '../src/contract/engine-port.ts';
import type { Recipe } from '../src/contract/recipe/recipe.ts';
import { recipeSchema } from '../src/contract/recipe/recipe.ts';
import { embed } from '../src/engine/embed/embed.ts';
import { train } from '../src/engine/train/train.ts';
import type { AttributedScores } from '../src/evaluation/attributed-scores.ts';
import { pairedBootstrap } from '../src/evaluation/paired-bootstrap.ts';
import { seededRandom, shuffled } from '../src/evaluation/random.ts';
import { pretrainedPresets } from '../src/workflows/pretrained-presets.ts';
import { compareFaces, FIGURES, intervalsOf, percent, plan, withLimits } from './faces/figures.ts';
import type { LabelledPhoto } from './faces/photos.ts';
import { photosOf } from './faces/photos.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { seconds } from './shared/seconds.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// The pretrained embedder of faces as it is, with a head, fine-tuned, and a network from scratch, all on people they never saw:
// npm run bench -- face-training [--data FOLDER] [--people N]; with fewer people it is a try, and nothing is written.
const SPLIT_SEED = 7;
const SHARES = { train: 0.6, validation: 0.15 };
const { values } = parseArgs({ options: { data: { type: 'string', default: join(import.meta.dirname, '../../shared/data') }, people: { type: 'string', default: 'Infinity' } } });
const data = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.data);
const most = Number(values.people);
const work = mkdtempSync(join(tmpdir(), 'likeness-bench-face-training-'));
/** Crops of each photo, made once for all networks. */
const cache = join(work, 'crops');
const neverStops = new AbortController().signal;

interface Contender {
  name: string;
  source: EmbedderSource;
  /** What training came to, in words. */
  training: string;
}

try {
  const parts = split(photosOf(join(data, 'lfw-view1')));
  const tests = { 'lfw-view1': parts.test, 'celebrity-photos': photosOf(join(data, 'celebrity-photos')) };
  const contenders = [asItIs()];
  for (const { title, recipe } of pretrainedPresets()) contenders.push(await learn(title, recipe, parts));
  const rows: string[] = [];
  for (const [set, photos] of Object.entries(tests)) rows.push(...(await judge(set, photos, contenders)));
  const section = toSection(rows, contenders, parts);
  console.log(section);
  if (most === Infinity) console.log(`Written to ${writeSection('face-training', section)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

interface Parts {
  train: LabelledPhoto[];
  validation: LabelledPhoto[];
  test: LabelledPhoto[];
}

/** By person. */
function split(photos: readonly LabelledPhoto[]): Parts {
  const people = shuffled([...new Set(photos.map(({ person }) => person))], seededRandom(SPLIT_SEED)).slice(0, most);
  const [trained, validated] = [SHARES.train, SHARES.train + SHARES.validation].map((share) => Math.round(share * people.length));
  const of = (names: string[]): LabelledPhoto[] => photos.filter(({ person }) => names.includes(person));
  return { train: of(people.slice(0, trained)), validation: of(people.slice(trained, validated)), test: of(people.slice(validated)) };
}

function asItIs(): Contender {
  const recipe = recipeSchema.parse({
    input: { width: 112, height: 112, channels: 3, pipeline: 'face' }, backbone: { name: 'pretrained-face', head: false }, embeddingSize: 192, loss: { name: 'multi-similarity' },
  });
  return { name: 'Pretrained, as it is', source: { kind: 'untrained', recipe }, training: '' };
}

async function learn(name: string, recipe: Recipe, { train: photos, validation }: Parts): Promise<Contender> {
  console.error(`bench: ${name} ...`);
  const begun = performance.now();
  const people = [...new Set([...photos, ...validation].map(({ person }) => person))];
  const samples = (some: readonly LabelledPhoto[]) => some.map(({ path, person }) => ({ path, label: people.indexOf(person), metadata: {} }));
  const request = { recipe, train: samples(photos), validation: samples(validation), classNames: people, folder: join(work, name), resume: false, caches: [cache] };
  const { best, epochs } = await train(request, { signal: neverStops, report: (event) => { if (event.type !== 'step') console.error(`bench: ${JSON.stringify(event).slice(0, 200)}`); } });
  const took = seconds((performance.now() - begun) / 1000);
  const kept = best!.epoch < 0 ? 'none was better than the start, which is kept' : `epoch ${best!.epoch + 1} is kept`;
  return { name, source: { kind: 'checkpoint', recipe, path: best!.path, weightsHash: best!.weightsHash }, training: `${epochs} epochs in ${took}; ${kept}` };
}

async function judge(set: string, photos: readonly LabelledPhoto[], contenders: readonly Contender[]): Promise<string[]> {
  const scored: AttributedScores[] = [];
  for (const { source } of contenders) scored.push(compareFaces(await facesOf(photos, source)));
  const [base] = scored;
  return contenders.map(({ name, training }, index) => {
    const intervals = intervalsOf(scored[index]!);
    const cells = Object.keys(FIGURES).map((figure) => withLimits(intervals[figure as keyof typeof FIGURES]));
    const { difference, verdict } = pairedBootstrap({ a: scored[index]!, b: base! }, { eer: { figure: FIGURES.eer, better: 'lower' } }, plan()).eer;
    const words = difference.lower === 0 && difference.upper === 0 ? 'the same' : { 'a-better': 'better', 'b-better': 'worse', undecided: 'undecided' }[verdict];
    const against = index === 0 ? '' : `${percent(difference.estimate)} (${(100 * difference.lower).toFixed(2)} to ${(100 * difference.upper).toFixed(2)}), ${words}`;
    return `| ${[`\`${set}\``, name, ...cells, against, training].join(' | ')} |`;
  });
}

/** The largest face of each photo. */
async function facesOf(photos: readonly LabelledPhoto[], embedder: EmbedderSource): Promise<{ person: string; embedding: Float32Array }[]> {
  const images = photos.map(({ path }) => ({ kind: 'file' as const, path }));
  const { vectors, size, samples } = await embed({ embedder, images, several: 'largest', cache: { folder: cache, embeddings: false } }, { signal: neverStops, report: () => undefined });
  return samples.map(({ image }, row) => ({ person: photos[image]!.person, embedding: vectors.slice(row * size, (row + 1) * size) }));
}

function toSection(rows: readonly string[], contenders: readonly Contender[], { train: trained, validation, test }: Parts): string {
  const people = (photos: readonly LabelledPhoto[]): string => `${new Set(photos.map(({ person }) => person)).size} people (${photos.length} photos)`;
  return `## The pretrained embedder of faces, taught more

\`npm run bench -- face-training\`: the ${contenders.length - 1} presets that begin with the face pipeline, trained on ${people(trained)} of \`lfw-view1\`, the kept epoch chosen on ${people(validation)}, and judged on ${people(test)} of it and on all of \`celebrity-photos\`: nobody of whom was among the training or validation people. All pairs, the largest face of each photo, 95 % intervals by bootstrap over people; the difference of EER is paired, by the same people in each resample.

| Test people of | Embedder | EER | FNMR at FMR 1e-2 | at FMR 1e-3 | EER minus that as it is | Training |
|---|---|--:|--:|--:|--:|---|
${rows.join('\n')}

- Where a network begins as the pretrained embedder, that is kept unless an epoch is better on the validation people.
- Celebrities may be among the data that the pretrained embedder was trained on: "as it is" is then no figure for people it never saw, and what is learnt here has little left to find.
- **Where and when**: ${whereAndWhen()}.`;
}

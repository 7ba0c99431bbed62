import { resolve } from 'node:path';
import type { EvaluationManifest } from '../../contract/requests/evaluations.ts';
import { evaluationManifest } from '../../contract/requests/evaluations.ts';
import type { ProtocolManifest } from '../../contract/requests/protocols.ts';
import { protocolOrder } from '../../contract/requests/protocols.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { followJob } from '../follow-job.ts';
import { exitCodes } from '../outcome.ts';
import type { Session } from '../session.ts';
import { readJson } from '../read-json.ts';

type Figures = Record<string, unknown>;
type Manifest = (ProtocolManifest | EvaluationManifest) & { figures: Figures };

/** Of where or when a run was, not of what it said. */
const ownToTheRun = new Set(['file', 'fileHash']);

export const registerReproduce: Register = (program, perform) => {
  addCommand(program, 'reproduce <manifest>', 'Run the evaluation or protocol of a manifest.json again and compare every figure, to 1e-5')
    .option('--images <dir>', 'of a protocol: where the images lie now, if not where they did')
    .option('--metadata <file>', 'the same of its metadata')
    .option('--cohort <dir>', 'the same of its cohort')
    .addHelpText('after', '\nExit code 0: every figure is the same; 1: something differs, and is named.')
    .action((file: string, moved: Moved, command) =>
      perform(command, async (session) => {
        const manifest = (await readJson(resolve(session.cwd, file), 'invalid-input')) as Manifest;
        if (typeof manifest !== 'object' || manifest === null || !('figures' in manifest) || !('dataHash' in manifest || 'source' in manifest)) throw new RequestError('invalid-input', `${file} is no manifest.json of an evaluation or a protocol.`);
        const { is, where } = 'dataHash' in manifest ? await evaluateAgain(session, manifest) : await runAgain(session, manifest, moved);
        const differences = differencesOf(manifest, is);
        const text = differences.length === 0 ? `Reproduced: all figures of ${file} are the same. ${where}` : `Not reproduced. ${differences.join('. ')}. ${where}`;
        return { json: { reproduced: differences.length === 0, differences, where }, text, exitCode: differences.length === 0 ? exitCodes.ok : exitCodes.error };
      }));
};

/** Where what a protocol read lies now. */
interface Moved {
  images?: string;
  metadata?: string;
  cohort?: string;
}

interface Again {
  readonly is: Manifest;
  readonly where: string;
}

async function evaluateAgain(session: Session, manifest: EvaluationManifest & { figures: Figures }): Promise<Again> {
  const parsed = evaluationManifest.safeParse(manifest);
  if (!parsed.success) throw new RequestError('invalid-input', 'This is no manifest of an evaluation, as `likeness evaluate --out` writes it.');
  const { evaluationId, jobId } = await session.ask('evaluations.repeat', { manifest: parsed.data });
  await followJob(session, jobId);
  const report = await session.ask('evaluations.get', { evaluationId });
  const { systems, thresholds } = report;
  return { is: { ...report.manifest!, figures: { systems, thresholds } }, where: `It is kept as ${evaluationId}.` };
}

async function runAgain(session: Session, manifest: ProtocolManifest & { figures: Figures }, { images, ...moved }: Moved): Promise<Again> {
  const models = await session.ask('models.list', {});
  const model = models.find(({ weightsHash }) => weightsHash === manifest.model?.weightsHash);
  if (model === undefined) throw new RequestError('no-model', `No model here has the weights of ${manifest.model?.name ?? 'this manifest'} (${manifest.model?.weightsHash ?? 'it names none'}).`);
  const source = images === undefined ? manifest.source : { ...manifest.source, images: resolve(session.cwd, images) };
  const placeOf = (input: 'metadata' | 'cohort'): string | null => (moved[input] === undefined ? manifest[input]?.path ?? null : resolve(session.cwd, moved[input]));
  const order = protocolOrder.safeParse({ source, modelId: model.id, plan: manifest.plan, metadata: placeOf('metadata'), cohort: placeOf('cohort') });
  if (!order.success) throw new RequestError('invalid-input', 'This is no manifest of a protocol: it needs source, plan and model as `likeness evaluate --protocol` writes them.');
  const { protocolId, jobId } = await session.ask('protocols.run', order.data);
  await followJob(session, jobId);
  const report = await session.ask('protocols.get', { protocolId });
  return { is: { ...report.manifest, figures: report.figures as unknown as Figures }, where: `Written to ${report.folder}.` };
}

/** In words, what is not as it was. */
function differencesOf(was: Manifest, is: Manifest): string[] {
  const inputs: [string, string][] = [
    ['protocolHash', 'The comparisons are others'], ['imagesHash', 'The images are others'], ['dataHash', 'The samples are others'],
    ['metadata', 'The metadata are others'], ['cohort', 'The cohort is another'], ['likeness', `Likeness was ${was.likeness} then and is ${is.likeness} now`],
  ];
  const [then, now] = [was, is] as unknown as [Figures, Figures];
  const figures = Object.keys(is.figures).filter((name) => !ownToTheRun.has(name) && !isSame(was.figures?.[name], asThen(name, was.figures?.[name], is.figures[name])));
  return [
    ...inputs.filter(([name]) => contentOf(then[name]) !== contentOf(now[name])).map(([, words]) => words),
    ...figures.map((name) => changeOf(name, was.figures?.[name], is.figures[name])),
  ];
}

/** Of a file, what was in it: it may lie elsewhere now. */
const contentOf = (input: unknown): unknown => (typeof input === 'object' && input !== null && 'hash' in input ? input.hash : (input ?? null));

/** Of the studies, those that were made then, and of each what was told then: a later version may look at more, and tell more of it. */
function asThen(name: string, was: unknown, is: unknown): unknown {
  return name === 'studies' ? toldThen(was, is, (study, then) => toldThen(then, study, (found) => found)) : is;
}

function toldThen(was: unknown, is: unknown, told: (found: unknown, then: unknown) => unknown): unknown {
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return is;
  const then = new Map(Object.entries(was) as [string, unknown][]);
  return Object.fromEntries(Object.entries(is).filter(([name]) => then.has(name)).map(([name, found]) => [name, told(found, then.get(name))]));
}

function changeOf(name: string, was: unknown, is: unknown): string {
  const value = (figure: unknown): unknown => (typeof figure === 'object' && figure !== null && 'value' in figure ? figure.value : figure);
  const [then, now] = [value(was), value(is)];
  return typeof then === 'number' && typeof now === 'number' && then !== now ? `${name} was ${then} and is ${now}` : `${name} differs`;
}

/** Sentences that say why there is no figure: another version may word them otherwise, and a figure that comes or goes shows by itself. */
const sentences = new Set(['message', 'reason', 'refusal']);

/** Embeddings are float32, and sums on several threads differ in their last digits. */
const TOLERANCE = 1e-5;

function isSame(was: unknown, is: unknown): boolean {
  if (typeof was === 'number' && typeof is === 'number') return Math.abs(was - is) <= TOLERANCE * Math.max(1, Math.abs(was));
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return was === is;
  const [one, other] = [was as Record<string, unknown>, is as Record<string, unknown>];
  return Object.keys({ ...one, ...other }).every((key) => (sentences.has(key) && typeof one[key] === 'string' && typeof other[key] === 'string') || isSame(one[key], other[key]));
}

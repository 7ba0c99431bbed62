import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Job } from '../../contract/jobs.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { FingerPosition } from '../../contract/vocabulary.ts';
import type { GivenConsent } from '../../contract/requests/consent.ts';
import type { RequestOutput } from '../../contract/requests.ts';
import type { Register } from '../command.ts';
import { addCommand, endOfDay } from '../command.ts';
import { facesOption } from '../faces-option.ts';
import { addFingersOptions } from '../fingers-options.ts';
import type { FingersChoice } from '../fingers-options.ts';
import { count } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import { qualityWords } from '../quality.ts';
import { putImage } from '../read-images.ts';
import type { Session } from '../session.ts';

type EnrolOptions = {
  folder?: string;
  note?: string;
  consent?: string;
  consentUntil?: string;
  faces?: 'one' | 'largest';
} & FingersChoice;

export const registerEnrol: Register = (program, perform) => {
  addFingersOptions(addCommand(program, 'enrol [name] [images...]', 'Add a person with one or more pictures, or everyone in a folder'))
    .option('--folder <dir>', 'a folder per person, or a CSV manifest with the columns path and subject')
    .option('--note <text>', 'a remark kept with a new person')
    .addOption(facesOption(['one', 'largest']))
    .option('--consent <scope>', 'what the person agreed to, as "access to building 3"; recorded with the text in force')
    .option('--consent-until <date>', 'the day on which the consent expires and the data go, as 2027-12-31')
    .addHelpText('after', '\nA name that is enrolled already gets the pictures as further samples.')
    .action((...[name, images, options, command]: [string | undefined, string[], EnrolOptions, Command]) => {
      if (options.folder === undefined && (name === undefined || images.length === 0)) command.error('error: name a person and at least one picture, or a folder with --folder');
      if (options.folder !== undefined && name !== undefined) command.error('error: give either a person and pictures, or --folder');
      if (options.folder !== undefined && (options.hand === true || options.finger !== undefined)) command.error('error: --hand and --finger are for the pictures of one person, not for --folder');
      return perform(command, (session) => {
        const consent = consentOf(options);
        if (options.folder !== undefined) return enrolFolder(session, options.folder, { several: options.faces ?? null, consent });
        const shown = { several: options.hand === true ? ('hand' as const) : (options.faces ?? null), finger: options.finger ?? null };
        return enrolPerson(session, { name: name ?? '', images, note: options.note ?? '', ...shown, consent });
      });
    });
};

interface Terms {
  several: 'one' | 'largest' | null;
  consent: GivenConsent | null;
}

interface Person extends Omit<Terms, 'several'> {
  several: Terms['several'] | 'hand';
  finger: FingerPosition | null;
  name: string;
  images: string[];
  note: string;
}

/** @throws RequestError('invalid-input') for a day that is none. */
function consentOf({ consent, consentUntil }: EnrolOptions): GivenConsent | null {
  if (consent !== undefined) return { scope: consent, expiresAt: consentUntil === undefined ? null : endOfDay(consentUntil) };
  if (consentUntil !== undefined) throw new RequestError('invalid-input', '--consent-until needs --consent: say what the person agreed to.');
  return null;
}

async function enrolPerson(session: Session, { name, images, note, several, finger, consent }: Person): Promise<Outcome> {
  const known = await enrolledAs(session, name);
  const imageIds: string[] = [];
  const unreadable: string[] = [];
  for (const path of images) {
    try {
      imageIds.push(await putImage(session, path));
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'bad-image') throw error;
      unreadable.push(error.message);
    }
  }
  if (imageIds.length === 0) throw new RequestError('bad-image', `Nobody was enrolled: ${unreadable.join(' ')}`);
  const result = await session.ask('enrol.images', { subject: known === null ? { name, note } : { subjectId: known }, imageIds, several, finger, consent });
  const wasRefused = result.outcomes.every(({ accepted }) => !accepted);
  return { json: { ...result, unreadable }, text: describe(result, unreadable), exitCode: wasRefused ? exitCodes.error : exitCodes.ok };
}

/** The id of the person with this name; several of them cannot be told apart here. */
async function enrolledAs({ ask }: Session, name: string): Promise<string | null> {
  const { subjects } = await ask('subjects.list', { search: name.slice(0, 120), limit: 1000 });
  const same = subjects.filter((subject) => subject.name === name.trim());
  if (same.length > 1) throw new RequestError('conflict', `${String(same.length)} persons are enrolled as "${name}". Add the pictures in the window, or rename one of them.`);
  return same[0]?.id ?? null;
}

function describe({ subject, outcomes }: RequestOutput<'enrol.images'>, unreadable: readonly string[]): string {
  const accepted = outcomes.filter((outcome) => outcome.accepted).length;
  const noun = outcomes.some(({ finger }) => finger !== null) ? 'finger' : 'picture';
  const head = subject === null ? 'Nobody was enrolled.' : `${subject.name}: ${count(accepted, noun)} enrolled, ${count(subject.samples, 'sample')} in all.`;
  const judged = outcomes.flatMap(({ fileName, reason, accepted: isIn, quality, warnings = [] }) => {
    if (!isIn) return [`  ${fileName}: ${reason ?? 'refused'}`];
    const doubts = warnings.map((warning) => `  ${fileName}: enrolled, but: ${warning}`);
    return quality === null ? doubts : [`  ${fileName}: enrolled, quality ${qualityWords(quality)}`, ...doubts];
  });
  return [head, ...judged, ...unreadable.map((sentence) => `  ${sentence}`)].join('\n');
}

async function enrolFolder(session: Session, folder: string, { several, consent }: Terms): Promise<Outcome> {
  const { jobId } = await session.ask('enrol.folder', { path: resolve(session.cwd, folder), several, consent });
  await followJob(session, jobId);
  const job: Job = await session.ask('jobs.get', { jobId });
  return { json: { state: job.state, done: job.done, total: job.total, message: job.message, result: job.result, log: job.log }, text: [job.message, ...job.log.map((line) => `  ${line}`)].join('\n') };
}

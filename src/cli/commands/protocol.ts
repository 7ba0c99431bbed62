import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { studyThresholdOrigin } from '../../contract/limits-words.ts';
import type { RequestInput } from '../../contract/requests.ts';
import type { Fusion, ProtocolReport, ProtocolSource } from '../../contract/requests/protocols.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { ColumnWords } from '../../contract/protocol-absences.ts';
import { columnsOf, normalizationOf, searchesAbsence } from '../../contract/protocol-absences.ts';
import { suspectedCopiesWords } from '../../contract/suspected-copies.ts';
import { trainedByOthers } from '../../contract/training-words.ts';
import { confidenceWords, percentWords } from '../../workflows/report/report-words.ts';
import { count } from '../figures.ts';
import { findModel } from '../find.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import type { Session } from '../session.ts';
import { describeScores } from './score-metrics.ts';
import { groups } from './score-studies.ts';

type Kind = ProtocolSource['kind'];

export interface ProtocolOptions {
  protocol?: Kind;
  pairs?: string;
  images?: string;
  task?: 1 | 2 | 3;
  sensors?: 'CL2CL' | 'C2CL';
  fusion?: Fusion;
  metadata?: string;
  cohort?: string;
  study?: ('identification' | 'zoo')[];
  model?: string;
  out?: string;
}

type Wanted = ProtocolOptions & { protocol: Kind };

/** The options of a protocol, for `evaluate`. */
export function addProtocolOptions(command: Command): Command {
  const kinds: Kind[] = ['all-pairs', 'lfw', 'fvc', 'ridgebase', 'pairs', 'gallery', 'sets'];
  return command
    .addOption(new Option('--protocol <kind>', 'instead of a dataset: frozen comparisons of images in a folder').choices(kinds))
    .option('--images <dir>', 'with --protocol: the folder that the paths of the images start from')
    .option('--pairs <file>', 'with --protocol lfw: pairs.txt; pairs: a CSV of path_a, path_b, mated; gallery: of path, subject, role; sets: of path, subject, set; ridgebase: the JSON of task 3')
    .addOption(new Option('--task <number>', 'with --protocol ridgebase: single fingers, four fingers, sets').choices(['1', '2', '3']).argParser(Number))
    .addOption(new Option('--sensors <which>', 'with --protocol ridgebase: contactless with contactless, or contact with contactless').choices(['CL2CL', 'C2CL']))
    .addOption(new Option('--study <name...>', 'with --protocol: more to look at').choices(['identification', 'zoo']))
    .option('--metadata <file>', 'with --protocol: a CSV of path and any other columns about the images, for groups and for error versus discard by their numbers')
    .option('--cohort <dir>', 'with --protocol: images of other people, a folder each, for Z-, T- and S-norm (else the people of the development split)')
    .addOption(new Option('--fusion <how>', 'of several images on a side').choices(['mean-template', 'mean-score', 'max-score']));
}

/** Runs the protocol and says what came of it. */
export async function evaluateProtocol(session: Session, options: Wanted): Promise<Outcome> {
  const source = sourceOf(session, options);
  const refusal = options.study?.includes('identification') ? searchesAbsence(source) : null;
  if (refusal !== null) throw new RequestError('invalid-input', `${refusal} Or leave --study identification out.`);
  const model = await findModel(session, options.model);
  const placeOf = (path: string | undefined): string | null => (path === undefined ? null : resolve(session.cwd, path));
  const { protocolId, jobId } = await session.ask('protocols.run', {
    source, modelId: model.id, plan: { studies: options.study }, metadata: placeOf(options.metadata), cohort: placeOf(options.cohort), folder: placeOf(options.out),
  });
  await followJob(session, jobId);
  const report = await session.ask('protocols.get', { protocolId });
  return { json: report, text: describe(report) };
}

function sourceOf({ cwd }: Session, { protocol, images, pairs, task = 1, sensors, fusion }: Wanted): RequestInput<'protocols.run'>['source'] {
  if (images === undefined) throw new RequestError('invalid-input', 'A protocol needs --images, the folder that the paths of its images start from.');
  const folder = { images: resolve(cwd, images) };
  const file = pairs === undefined ? null : resolve(cwd, pairs);
  if (protocol === 'fvc' || protocol === 'all-pairs') return { kind: protocol, ...folder };
  if (protocol === 'ridgebase') return { kind: protocol, task, sensors, fusion, file, ...folder };
  if (file === null) throw new RequestError('invalid-input', `The protocol ${protocol} needs --pairs, the file that says what is compared.`);
  if (protocol === 'gallery' || protocol === 'sets') return { kind: protocol, file, fusion, ...folder };
  return { kind: protocol, file, ...folder };
}

function describe(report: ProtocolReport): string {
  const { manifest, figures, failures, seenInTraining, foreignTraining, folds, folder, files } = report;
  const suspects = suspectedCopiesWords(report.suspectedCopies ?? []);
  const shown = (items: readonly string[]): string => `${items.slice(0, 3).join('; ')}${items.length > 3 ? '; ...' : ''}`;
  return [
    `${manifest.model.name}, protocol ${manifest.source.kind} (${manifest.protocolHash.slice(0, 12)})`,
    describeScores(figures),
    ...describeColumns(columnsOf(report), studyThresholdOrigin(figures)), ...withoutNorm(report),
    ...(folds === null ? [] : [`Accuracy over ${count(folds.folds, 'fold')}: ${percentWords(folds.accuracy, figures.matedCount)} +/- ${percentWords(folds.standardError, figures.matedCount)} (standard error), thresholds from the other folds. A naive script: ${percentWords(folds.naive, figures.matedCount)}.`]),
    ...(failures.length === 0 ? [] : [`Failed to acquire, counted as rejections: ${count(failures.length, 'image')}: ${shown(failures.map(({ path, reason }) => `${path} (${reason})`))}`]),
    ...(foreignTraining ? [`Note: ${trainedByOthers(manifest.model.name, foreignTraining)}`] : []),
    ...(seenInTraining.length === 0 ? [] : [`Note: ${manifest.model.name} was trained on images of ${count(seenInTraining.length, 'subject')} (${shown(seenInTraining)}): the figures flatter.`]),
    ...(suspects === null ? [] : [`Note: ${suspects}`]),
    '', `Written to ${folder}: ${files.join(', ')}`,
  ].join('\n');
}

/** Groups and qualities at the one threshold, or why there are none. */
function describeColumns({ studies, slices, discards }: ColumnWords, origin: string): string[] {
  return [
    ...(slices === null ? [] : [`Slices: none. ${slices}`]), ...(studies?.slices ?? []).flatMap((slice) => [`Groups by ${slice.column}:`, ...groups(origin)(slice)]),
    ...(discards === null ? [] : [`Error versus discard: none. ${discards}`]), ...(studies?.discards ?? []).map(({ column, area, comparisons }) =>
      `Error versus discard by ${column}, ${count(comparisons, 'mated comparison')}: FNMR ${percentWords(area.level, comparisons)}, on average ${percentWords(area.value, comparisons)} while up to ${confidenceWords(area.largest)} of lowest ${column} is set aside (a perfect measure: ${percentWords(area.ideal, comparisons)}).`),
    ...(studies?.refused ?? []).map(({ column, reason }) => `${column}: ${reason}`),
  ];
}

/** The norms stand among the studies; why there are none stands here. */
function withoutNorm(report: ProtocolReport): string[] {
  const found = normalizationOf(report);
  return 'refusal' in found && report.figures.studies.normalization === undefined ? [`Normalisation: none. ${found.refusal}`] : [];
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { ProtocolReport, ProtocolSource } from '../../contract/requests/protocols.ts';
import { RequestError } from '../../contract/request-error.ts';
import { count, percent } from '../figures.ts';
import { findModel } from '../find.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import type { Session } from '../session.ts';
import { describeScores } from './score-metrics.ts';

export interface ProtocolOptions {
  protocol?: ProtocolSource['kind'];
  pairs?: string;
  images?: string;
  model?: string;
  out?: string;
}

/** The options of a protocol, for `evaluate`. */
export function addProtocolOptions(command: Command): Command {
  const kinds: ProtocolSource['kind'][] = ['lfw', 'pairs', 'gallery', 'fvc'];
  return command
    .addOption(new Option('--protocol <kind>', 'instead of a dataset: frozen comparisons of images in a folder').choices(kinds))
    .option('--images <dir>', 'with --protocol: the folder that the paths of the images start from')
    .option('--pairs <file>', 'with --protocol lfw: pairs.txt; pairs: a CSV of path_a, path_b, mated; gallery: a CSV of path, subject, role');
}

/** Runs the protocol and says what came of it. */
export async function evaluateProtocol(session: Session, options: ProtocolOptions & { protocol: ProtocolSource['kind'] }): Promise<Outcome> {
  const model = await findModel(session, options.model);
  const { jobId } = await session.ask('protocols.run', {
    source: sourceOf(session, options), modelId: model.id, folder: options.out === undefined ? null : resolve(session.cwd, options.out),
  });
  await followJob(session, jobId);
  const report = await session.ask('protocols.get', { jobId });
  return { json: report, text: describe(report) };
}

function sourceOf({ cwd }: Session, { protocol, images, pairs }: ProtocolOptions & { protocol: ProtocolSource['kind'] }): ProtocolSource {
  if (images === undefined) throw new RequestError('invalid-input', 'A protocol needs --images, the folder that the paths of its images start from.');
  const folder = { images: resolve(cwd, images) };
  if (protocol === 'fvc') return { kind: protocol, ...folder };
  if (pairs === undefined) throw new RequestError('invalid-input', `The protocol ${protocol} needs --pairs, the file that says what is compared.`);
  return { kind: protocol, file: resolve(cwd, pairs), ...folder };
}

function describe({ manifest, figures, failures, seenInTraining, folds, folder, files }: ProtocolReport): string {
  const shown = (items: readonly string[]): string => `${items.slice(0, 3).join('; ')}${items.length > 3 ? '; ...' : ''}`;
  return [
    `${manifest.model.name}, protocol ${manifest.source.kind} (${manifest.protocolHash.slice(0, 12)})`,
    describeScores(figures),
    ...(folds === null ? [] : [`Accuracy over ${count(folds.folds, 'fold')}: ${percent(folds.accuracy)} +/- ${percent(folds.standardError)} (standard error), thresholds from the other folds. A naive script: ${percent(folds.naive)}.`]),
    ...(failures.length === 0 ? [] : [`Failed to acquire, counted as errors: ${count(failures.length, 'image')}: ${shown(failures.map(({ path, reason }) => `${path} (${reason})`))}`]),
    ...(seenInTraining.length === 0 ? [] : [`Note: ${manifest.model.name} was trained on images of ${count(seenInTraining.length, 'subject')} (${shown(seenInTraining)}): the figures flatter.`]),
    '', `Written to ${folder}: ${files.join(', ')}`,
  ].join('\n');
}

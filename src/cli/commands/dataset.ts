import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { DatasetCard } from '../../contract/requests/datasets.ts';
import { datasetLayout } from '../../contract/requests/datasets.ts';
import type { SuspectedCopy } from '../../contract/suspected-copies.ts';
import { modality } from '../../contract/vocabulary.ts';
import type { Perform, Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { count } from '../figures.ts';
import { datasetAmong, findDataset } from '../find.ts';
import { followJob } from '../follow-job.ts';
import type { Session } from '../session.ts';
import { facts, table } from '../table.ts';

export const registerDataset: Register = (program, perform) => {
  const group = program.command('dataset').summary('Add, list, show and remove datasets').description('Folders of pictures to train and evaluate on, split by person.');
  registerAdd(group, perform);
  addCommand(group, 'list', 'List the datasets').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const cards = await ask('datasets.list', {});
      return { json: cards, text: cards.length === 0 ? 'There are no datasets yet. Add one with: likeness dataset add PATH' : list(cards) };
    }));
  addCommand(group, 'show <name>', 'Show one dataset: its parts, and what was wrong with its files').action((name: string, _options: object, command) =>
    perform(command, async (session) => {
      const card = await findDataset(session, name);
      return { json: card, text: describe(card) };
    }));
  addCommand(group, 'remove <name>', 'Forget a dataset; its files stay').action((name: string, _options: object, command) =>
    perform(command, async (session) => {
      const card = await findDataset(session, name);
      await session.ask('datasets.remove', { datasetId: card.id });
      return { json: { removed: card.id }, text: `${card.name} is forgotten; the files in ${card.path} are untouched.` };
    }));
};

interface AddOptions {
  name?: string;
  modality: DatasetCard['modality'];
  layout: DatasetCard['layout'];
  seed: number;
  split?: Shares;
}

interface Shares {
  train: number;
  validation: number;
  test: number;
}

function registerAdd(group: Command, perform: Perform): void {
  addCommand(group, 'add <path>', 'Add a folder per person, the AT&T/ORL layout, or a CSV manifest')
    .option('--name <name>', 'what to call it (else the name of the folder)')
    .addOption(new Option('--modality <kind>', 'what the pictures show').choices(modality.options).default('face'))
    .addOption(new Option('--layout <layout>', 'how the files lie').choices(datasetLayout.options).default('auto'))
    .option('--seed <number>', 'seed of the split by person', wholeNumber(0, 0xffffffff), 1)
    .option('--split <shares>', 'percent of the persons for train/validation/test, e.g. 60/15/25', readShares)
    .action((path: string, options: AddOptions, command: Command) =>
      perform(command, async (session) => {
        const card = await addDataset(session, path, options);
        return { json: card, text: describe(card) };
      }));
}

/** Adds a dataset and waits until it has been read. */
export async function addDataset(session: Session, path: string, options: Partial<AddOptions> = {}): Promise<DatasetCard> {
  const whole = resolve(session.cwd, path);
  const { datasetId, jobId } = await session.ask('datasets.add', {
    name: options.name ?? basename(whole).replace(/\.csv$/i, ''),
    path: whole,
    modality: options.modality,
    layout: options.layout,
    split: { ...options.split, seed: options.seed },
  });
  await followJob(session, jobId);
  return session.ask('datasets.get', { datasetId });
}

/** A dataset by its name or id, by the path it was read from, or a new one at a path. */
export async function datasetOf(session: Session, wanted: string): Promise<DatasetCard> {
  const datasets = await session.ask('datasets.list', {});
  const path = resolve(session.cwd, wanted);
  const fromThere = datasets.find((dataset) => dataset.path === path && dataset.state === 'ready');
  if (fromThere !== undefined) return fromThere;
  const isKnown = datasets.some(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  const isThere = !isKnown && (await stat(path).catch(() => null)) !== null;
  return isThere ? addDataset(session, path) : datasetAmong(datasets, wanted);
}

function readShares(text: string): Shares {
  const [train = NaN, validation = NaN, test = NaN, ...more] = text.split('/').map((share) => Number(share) / 100);
  if (more.length > 0 || !(Math.abs(train + validation + test - 1) < 1e-6)) {
    throw new InvalidArgumentError('Write three percentages that sum to 100, e.g. 60/15/25.');
  }
  return { train, validation, test };
}

function list(cards: readonly DatasetCard[]): string {
  const rows = cards.map((card) => [card.name, card.modality, String(card.subjects), String(card.images), card.state, card.path]);
  return table(['Name', 'Modality', 'Persons', 'Images', 'State', 'Path'], rows);
}

function describe(card: DatasetCard): string {
  const part = ({ subjects, images }: { subjects: number; images: number }): string => `${count(subjects, 'person')}, ${count(images, 'image')}`;
  const { findings } = card;
  return facts([
    ['Dataset', `${card.name} (${card.id})`],
    ['Path', card.path],
    ['Layout', card.layout],
    ['Train', part(card.parts.train)],
    ['Validation', part(card.parts.validation)],
    ['Test', part(card.parts.test)],
    ['Split', `seed ${String(card.split.seed)}, by person: no one is in two parts`],
    ['Unreadable', first(findings.unreadable.map(({ path, reason }) => `${path} (${reason})`))],
    ['Duplicates', first(findings.duplicates.map(({ path, of }) => `${path} (of ${of})`))],
    ['Suspected copies', findings.suspectedCopies === undefined ? 'not looked for; remove the dataset and add it again' : first(findings.suspectedCopies.map(suspicion))],
    ['Empty folders', first(findings.emptyFolders)],
    ['One image only', first(findings.singletons)],
    ['Other files', String(findings.skippedFiles)],
    ...(card.credit === null ? [] : [['Credit', card.credit] as const]),
  ]);
}

const suspicion = ({ path, of, sameSubject }: SuspectedCopy): string => `${path} (${sameSubject ? '' : 'ANOTHER PERSON, '}like ${of})`;

function first(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, 3).join(', ');
  return `${String(items.length)}: ${shown}${items.length > 3 ? ', ...' : ''}`;
}

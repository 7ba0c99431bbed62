import type { DatasetCard } from '../contract/requests/datasets.ts';
import type { EvaluationCard } from '../contract/requests/evaluations.ts';
import type { SubjectCard } from '../contract/requests/gallery.ts';
import type { ModelCard } from '../contract/requests/models.ts';
import type { RunCard } from '../contract/requests/runs.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Session } from './session.ts';

interface Named {
  id: string;
  name: string;
}

/** The one that is called so, by name or id; the newest where it says "latest". Lists are newest first. */
export function findNamed<Item extends Named>(kind: string, items: readonly Item[], wanted: string): Item {
  const byId = items.find((item) => item.id === wanted);
  if (byId !== undefined) return byId;
  const same = items.filter((item) => item.name.toLowerCase() === wanted.toLowerCase());
  if (same.length === 1) return same[0]!;
  if (same.length > 1) throw new RequestError('conflict', `${String(same.length)} ${kind}s are called "${wanted}". Name one by its id: ${same.map(({ id }) => id).join(', ')}.`);
  throw new RequestError('not-found', `There is no ${kind} "${wanted}". ${known(kind, items)}`);
}

function known(kind: string, items: readonly Named[]): string {
  if (items.length === 0) return `There is no ${kind} at all yet.`;
  const names = items.slice(0, 8).map(({ name }) => `"${name}"`);
  return `Known: ${names.join(', ')}${items.length > names.length ? ` and ${String(items.length - names.length)} more` : ''}.`;
}

export async function findDataset({ ask }: Session, wanted: string): Promise<DatasetCard> {
  return datasetAmong(await ask('datasets.list', {}), wanted);
}

/** One that could be read goes before its namesakes that could not: a first try that failed stays listed. */
export function datasetAmong(datasets: readonly DatasetCard[], wanted: string): DatasetCard {
  const ready = datasets.filter(({ state, name }) => state === 'ready' && name.toLowerCase() === wanted.toLowerCase());
  return ready.length === 1 ? ready[0]! : findNamed('dataset', datasets, wanted);
}

export async function findRun({ ask }: Session, wanted: string): Promise<RunCard> {
  const runs = await ask('runs.list', {});
  return wanted === 'latest' && runs[0] !== undefined ? runs[0] : findNamed('run', runs, wanted);
}

/** The model in use where none is named. */
export async function findModel({ ask }: Session, wanted: string | undefined): Promise<ModelCard> {
  const models = await ask('models.list', {});
  if (wanted !== undefined) return findNamed('model', models, wanted);
  const inUse = models.find((model) => model.inUse);
  if (inUse === undefined) throw new RequestError('no-model', 'No model is in use. Train one (likeness train) or choose one (likeness models use NAME).');
  return inUse;
}

export async function findEvaluation({ ask }: Session, wanted: string): Promise<EvaluationCard> {
  const cards = await ask('evaluations.list', {});
  const found = wanted === 'latest' ? cards[0] : cards.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  throw new RequestError('not-found', cards.length === 0 ? 'There is no evaluation yet. Make one with: likeness evaluate' : `There is no evaluation "${wanted}". The newest is ${cards[0]!.id}.`);
}

export async function findSubject({ ask }: Session, wanted: string): Promise<SubjectCard> {
  const { subjects } = await ask('subjects.list', { search: wanted.slice(0, 120), limit: 1000 });
  const listed = subjects.some(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ? subjects : (await ask('subjects.list', { limit: 1000 })).subjects;
  return findNamed('enrolled person', listed, wanted);
}

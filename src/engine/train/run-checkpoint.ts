import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import { sha256 } from '../checkpoints/model-file.ts';
import { decodeSafetensors, encodeSafetensors } from '../checkpoints/safetensors.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import { writeAtomically } from '../checkpoints/write-atomically.ts';

/** One finished epoch, as far as the rest of the run depends on it. */
export interface EpochRecord {
  meanLoss: number;
  validationEer: number | null;
}

export interface KeptModel {
  /** Name of the file in the run's folder. */
  file: string;
  /** -1 for the weights that the run began with. */
  epoch: number;
  validationEer: number | null;
  weightsHash: string;
}

/** Everything a run is, between two epochs, besides its tensors. Randomness needs nothing: streams are named by step. */
export interface RunState {
  /** Of recipe and samples: a run goes on only with the ones it began with. */
  fingerprint: string;
  /** Finished, in order; its length is the next epoch to train. */
  epochs: EpochRecord[];
  /** Of a network that was trained elsewhere, before its first epoch here; missing where it begins at random. */
  start?: { validationEer: number | null };
  best: KeptModel | null;
  /** Steps each parameter has taken. */
  optimizerSteps: Record<string, number>;
  /** The epoch before which offline mining last looked; missing in the checkpoints of earlier versions. */
  minedBefore?: number | null;
  stopped: boolean;
}

export interface Checkpoint {
  state: RunState;
  tensors: Map<string, StoredTensor>;
}

interface Sidecar {
  format: typeof FORMAT;
  tensors: string;
  tensorsHash: string;
  stateHash: string;
  state: RunState;
}

const FORMAT = 'likeness-checkpoint-1';
const KEPT_CHECKPOINTS = 2;
const NAME = /^checkpoint-(\d{5})\.json$/;

const nameOf = (epoch: number): string => `checkpoint-${String(epoch).padStart(5, '0')}`;

/** Writes tensors, then the JSON file that makes them count, then removes what no kept checkpoint needs. */
export async function writeCheckpoint(folder: string, { state, tensors }: Checkpoint): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = nameOf(state.epochs.length);
  const bytes = encodeSafetensors({ tensors, metadata: { format: FORMAT } });
  const sidecar: Sidecar = {
    format: FORMAT,
    tensors: `${name}.safetensors`,
    tensorsHash: sha256(bytes),
    stateHash: hashOf(state),
    state,
  };
  await writeAtomically(join(folder, sidecar.tensors), bytes);
  await writeAtomically(join(folder, `${name}.json`), JSON.stringify(sidecar));
  await removeOld(folder);
}

export interface FoundCheckpoint {
  checkpoint: Checkpoint;
  /** Newer checkpoints that could not be used, in words. */
  passedOver: string[];
}

/** The newest whole checkpoint, or null when there is none at all. @throws RequestError when there are some, but none is whole. */
export async function readNewestCheckpoint(folder: string): Promise<FoundCheckpoint | null> {
  const passedOver: string[] = [];
  const names = await checkpointNames(folder);
  for (const name of names) {
    try {
      return { checkpoint: await readCheckpoint(folder, name), passedOver };
    } catch (error) {
      passedOver.push(`${name} ${(error as Error).message}`);
    }
  }
  if (names.length === 0) return null;
  throw new RequestError('storage', `No checkpoint in ${folder} can be used: ${passedOver.join('; ')}. Start the run again.`);
}

/** @throws Error with the end of a sentence that begins with the file's name. */
async function readCheckpoint(folder: string, name: string): Promise<Checkpoint> {
  const sidecar = parseSidecar(await readFile(join(folder, name), 'utf8'));
  if (sidecar.format !== FORMAT || sidecar.stateHash !== hashOf(sidecar.state)) throw new Error('is damaged');
  const bytes = await readFile(join(folder, sidecar.tensors)).catch(() => {
    throw new Error(`has lost its ${sidecar.tensors}`);
  });
  if (sha256(bytes) !== sidecar.tensorsHash) throw new Error(`has a damaged ${sidecar.tensors}`);
  const { best } = sidecar.state;
  if (best) await checkModel(folder, best);
  return { state: sidecar.state, tensors: decodeSafetensors(bytes).tensors };
}

async function checkModel(folder: string, { file, weightsHash }: KeptModel): Promise<void> {
  const bytes = await readFile(join(folder, file)).catch(() => {
    throw new Error(`has lost its model ${file}`);
  });
  if (sha256(bytes) !== weightsHash) throw new Error(`has a damaged model ${file}`);
}

function parseSidecar(text: string): Sidecar {
  try {
    return JSON.parse(text) as Sidecar;
  } catch {
    throw new Error('is damaged');
  }
}

const hashOf = (state: RunState): string => sha256(Buffer.from(JSON.stringify(state)));

/** Newest first. */
async function checkpointNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.filter((name) => NAME.test(name)).sort().reverse();
}

async function removeOld(folder: string): Promise<void> {
  const names = (await checkpointNames(folder)).slice(0, KEPT_CHECKPOINTS);
  const needed = new Set<string>();
  for (const name of names) {
    const whole = await readCheckpoint(folder, name).catch(() => null);
    if (!whole) continue;
    needed.add(name);
    needed.add(name.replace('.json', '.safetensors'));
    if (whole.state.best) needed.add(whole.state.best.file);
  }
  await removeAllBut(folder, needed);
}

/** Forgets the run that was in this folder. */
export const removeCheckpoints = (folder: string): Promise<void> => removeAllBut(folder, new Set());

async function removeAllBut(folder: string, needed: ReadonlySet<string>): Promise<void> {
  const all = await readdir(folder).catch(() => [] as string[]);
  const ours = all.filter((name) => /^(checkpoint|model)-(\d{5}|start)\.(json|safetensors)(\.\d+\.part)?$/.test(name));
  await Promise.all(ours.filter((name) => !needed.has(name)).map((name) => rm(join(folder, name), { force: true })));
}

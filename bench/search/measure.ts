import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonPeer } from '../shared/json-peer.ts';
import type { Case } from './cases.ts';
import { BATCH, batchesOf, LIMIT, PROBES, SCORES, singlesOf, titleOf } from './cases.ts';
import type { Asked, Searched } from './ours.ts';
import { fillTable, searchTable } from './ours.ts';
import { fillVec } from './sqlite-vec.ts';

/** Of one side: milliseconds of single probes, milliseconds a probe in batches, and whom it found. */
export interface Side {
  singles: number[];
  batched: number[];
  /** By probe; those that were asked. */
  first: number[];
}

export type SideName = 'float32' | 'int8' | 'flat' | 'sq8' | 'vec';

export interface Result {
  title: string;
  each: Case;
  sides: Partial<Record<SideName, Side>>;
  /** Memory of our rows, both precisions together. */
  bytes: number;
  probes: number;
  /** Probes for which our search finds another person first than the comparison with everybody does (faiss flat, float32). */
  unlikeFlat: Record<'float32' | 'int8', number>;
  /** Probes whose mate is first: in float32, and of those the ones for which it stays first. */
  matesFirst: number;
  matesKept: Record<'int8' | 'sq8', number>;
  vecVersion: string;
}

/** Makes the gallery of this size, of which smaller ones take the first rows. */
export async function generate(peer: JsonPeer, folder: string, { count, size }: Case): Promise<Gallery> {
  const { nonMatedDeviation: spread, matedMean: mean, matedDeviation: deviation } = SCORES;
  const { mates, offset } = await peer.ask<{ mates: number[]; offset: number }>({ do: 'generate', folder, count, size, probes: PROBES, spread, mean, deviation });
  const bytes = readFileSync(join(folder, 'probes.f32'));
  return { folder, offset, mates, probes: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) };
}

export interface Gallery {
  folder: string;
  /** Where in NumPy's file the rows begin. */
  offset: number;
  /** The row of each probe's mate. */
  mates: number[];
  probes: Float32Array;
}

export async function measureCase(peer: JsonPeer, gallery: Gallery, each: Case): Promise<Result> {
  const { folder, offset, probes, mates } = gallery;
  const sides: Result['sides'] = {};
  const table = fillTable(folder, each, offset);
  for (const precision of ['float32', 'int8'] as const) {
    sides[precision] = await ask(each, (asked) => Promise.resolve(searchTable(table, precision, probes, asked)));
  }
  const { bytes } = table;
  table.clear();
  for (const kind of ['flat', 'sq8'] as const) {
    await peer.ask({ do: 'build', folder, count: each.count, size: each.size, kind });
    sides[kind] = await ask(each, (asked) => peer.ask<Searched>({ do: 'search', folder, ...asked, limit: LIMIT, size: each.size }));
    await peer.ask({ do: 'release' });
  }
  const vec = fillVec(folder, each, offset);
  const { times, first } = vec.search(probes, { first: 0, probes: Math.ceil(singlesOf(each) / 4), batch: 1 });
  sides.vec = { singles: times, batched: [], first };
  vec.close();
  return { title: titleOf(each), each, sides, bytes, probes: PROBES, vecVersion: vec.version, ...compare(sides, mates) };
}

/** Single probes, batches that are timed, and the rest of the probes in batches too; a few at first that count for nothing. */
async function ask(each: Case, search: (asked: Asked) => Promise<Searched>): Promise<Side> {
  await search({ first: 0, probes: 3, batch: 1 });
  const singles = await search({ first: 0, probes: singlesOf(each), batch: 1 });
  await search({ first: 0, probes: BATCH, batch: BATCH });
  const all = await search({ first: 0, probes: PROBES, batch: BATCH });
  return { singles: singles.times, batched: all.times.slice(0, batchesOf(each)).map((time) => time / BATCH), first: all.first };
}

function compare({ float32, int8, flat, sq8 }: Result['sides'], mates: readonly number[]): Pick<Result, 'unlikeFlat' | 'matesFirst' | 'matesKept'> {
  const unlike = (side: Side): number => side.first.filter((row, probe) => row !== flat!.first[probe]).length;
  const right = mates.flatMap((mate, probe) => (flat!.first[probe] === mate ? [probe] : []));
  const kept = (side: Side): number => right.filter((probe) => side.first[probe] === mates[probe]).length;
  return {
    unlikeFlat: { float32: unlike(float32!), int8: unlike(int8!) },
    matesFirst: right.length,
    matesKept: { int8: kept(int8!), sq8: kept(sq8!) },
  };
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { checkImage } from '../../src/engine/images/check-image.ts';
import { suspectedCopies } from '../../src/workflows/copies/suspected-copies.ts';
import type { ThumbnailedImage } from '../../src/workflows/copies/suspected-copies.ts';
import { seededRandom } from '../../src/evaluation/random.ts';
import type { PictureSet } from './sets.ts';

export const IMAGES = 20_000;
const EACH = 10; // of a subject
const NOISE = 6; // grey levels, from end to end
const MEGABYTE = 2 ** 20;

export interface Scale {
  /** Of the processor's time: other programs do not count. */
  readonly seconds: number;
  /** Above what was in use before, thumbnails included. */
  readonly megabytes: number;
  readonly named: number;
}

/** Looks for copies among made-up pictures: each the mean of two faces, and frames of one recording, which differ by noise. */
export async function atScale({ pictures }: PictureSet): Promise<{ faces: Scale; frames: Scale }> {
  const thumbnails: Uint8Array[] = [];
  for (const { path } of pictures) {
    const check = await checkImage({ kind: 'file', path });
    if (check.ok) thumbnails.push(check.thumbnail);
  }
  const random = seededRandom(1);
  const any = (): Uint8Array => thumbnails[Math.floor(random() * thumbnails.length)]!;
  const faces = made(() => mean(any(), any()));
  const [still] = thumbnails;
  const frames = made(() => still!.map((value) => Math.min(255, Math.max(0, Math.round(value + NOISE * (random() - 0.5))))));
  return { faces: measure(faces), frames: measure(frames) };
}

const mean = (one: Uint8Array, other: Uint8Array): Uint8Array => one.map((value, at) => (value + other[at]!) >> 1);

function made(thumbnail: () => Uint8Array): ThumbnailedImage[] {
  return Array.from({ length: IMAGES }, (_, at) => ({ path: `${at}`, subject: `${Math.floor(at / EACH)}`, width: 112, height: 112, thumbnail: thumbnail() }));
}

function measure(images: readonly ThumbnailedImage[]): Scale {
  const collect = collector();
  collect();
  const [startedAt, before] = [process.cpuUsage(), usage()];
  let most = before;
  const steps = suspectedCopies(images);
  for (;;) {
    const step = steps.next();
    most = Math.max(most, usage());
    if (step.done) return { seconds: process.cpuUsage(startedAt).user / 1e6, megabytes: (most - before) / MEGABYTE, named: step.value.length };
  }
}

function usage(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

import { checkImage } from '../../src/engine/images/check-image.ts';
import type { SuspectedCopy } from '../../src/contract/suspected-copies.ts';
import { finish } from '../../src/evaluation/steps.ts';
import { dropDuplicates } from '../../src/workflows/check-images.ts';
import type { ReadableImage } from '../../src/workflows/check-images.ts';
import { suspectedCopies } from '../../src/workflows/copies/suspected-copies.ts';
import { CHANGES, copyName, plantCopy } from './plant.ts';
import type { PictureSet } from './sets.ts';

/** Copies planted of each kind in a set. */
const PLANTED = 100;

export interface JudgedSet {
  readonly set: PictureSet;
  /** Without those of equal pixels. */
  readonly images: number;
  readonly suspects: readonly SuspectedCopy[];
  readonly planted: number;
  /** How many of the planted copies were named with their original, by change. */
  readonly found: Readonly<Record<string, number>>;
}

/** Looks for copies in the pictures as they are, and again for each change with evenly spread copies among them. */
export async function judgeSet(set: PictureSet): Promise<JudgedSet> {
  const images = await openAll(set);
  const suspects = finish(suspectedCopies(images));
  const planted = Array.from({ length: Math.min(PLANTED, images.length) }, (_, at) => images[Math.floor((at * images.length) / Math.min(PLANTED, images.length))]!);
  const found: Record<string, number> = {};
  for (const change of Object.keys(CHANGES)) {
    const copies = await Promise.all(planted.map((picture) => plantCopy(picture, change)));
    const named = new Set(finish(suspectedCopies([...images, ...copies])).map(({ path, of }) => `${path} of ${of}`));
    found[change] = planted.filter(({ path }) => named.has(`${copyName(path)} of ${path}`)).length;
  }
  return { set, images: images.length, suspects, planted: planted.length, found };
}

async function openAll({ pictures }: PictureSet): Promise<ReadableImage[]> {
  const opened: ReadableImage[] = [];
  for (const { path, subject } of pictures) {
    const check = await checkImage({ kind: 'file', path });
    if (!check.ok) throw new Error(`${path}: ${check.reason}`);
    opened.push({ path, subject, metadata: {}, ...check });
  }
  return dropDuplicates(opened).kept;
}

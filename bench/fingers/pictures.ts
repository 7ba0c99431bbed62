import { join } from 'node:path';
import sharp from 'sharp';
import { photoToInspect } from '../../src/engine/face/inspection-step.ts';
import { aboutCore, findCore } from '../../src/engine/finger/core.ts';
import { findFingers } from '../../src/engine/finger/find-fingers.ts';
import type { Fingertip } from '../../src/engine/finger/find-fingers.ts';
import { fingerQuality } from '../../src/engine/finger/finger-quality.ts';
import type { GreyImage } from '../../src/engine/finger/grey-image.ts';
import { shown } from '../../src/engine/finger/inspect-finger.ts';
import { fitCrop } from '../../src/engine/pipeline/fit-crop.ts';
import type { NetworkInput } from '../../src/contract/recipe/network.ts';
import type { Row } from './rows.ts';

/** What is compared of a row: files for SourceAFIS, pixels for our network (null: a failure to acquire), our quality. */
export interface Picture {
  raw: string;
  print: string;
  pixels: Uint8Array | null;
  quality: number;
}

/** Pictures of all rows, in their order. SourceAFIS is given a white print where we find no finger; it then finds nothing either. */
export async function preparePictures(rows: readonly Row[], input: NetworkInput, folder: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  let last: { path: string; tips: Fingertip[]; raw: string } = { path: '', tips: [], raw: '' };
  for (const [index, row] of rows.entries()) {
    if (last.path !== row.path) last = { path: row.path, ...(await look(row.path, join(folder, `${index}-raw.png`))) };
    const tip = chosenTip(row, last.tips);
    if (tip === null) console.error(`bench: no ${row.isOfFour ? `${row.hand} ${row.name}` : 'finger'} in ${row.path}`);
    const print = join(folder, `${index}-print.png`);
    await writeGrey(tip?.print ?? { width: 300, height: 300, data: new Float32Array(90_000).fill(255) }, print);
    const pixels = tip && (await fitCrop(shown(aboutCore(tip, findCore(tip))), input));
    pictures.push({ raw: last.raw, print, pixels, quality: tip === null ? 0 : fingerQuality(tip).score });
  }
  return pictures;
}

async function look(path: string, raw: string): Promise<{ tips: Fingertip[]; raw: string }> {
  const photo = await photoToInspect({ kind: 'file', path });
  await sharp(photo.pixels, { raw: { width: photo.width, height: photo.height, channels: 3 } }).greyscale().png().toFile(raw);
  return { tips: findFingers(photo).tips, raw };
}

/** The largest finger, or of four the one with the row's name on the row's hand. */
function chosenTip({ isOfFour, hand, name }: Row, tips: readonly Fingertip[]): Fingertip | null {
  if (!isOfFour) return tips.toSorted((one, other) => other.width - one.width)[0] ?? null;
  return tips.find((tip) => tip.hand === hand.toLowerCase() && tip.name === name.toLowerCase()) ?? null;
}

async function writeGrey({ width, height, data }: GreyImage, path: string): Promise<void> {
  await sharp(Uint8Array.from(data, Math.round), { raw: { width, height, channels: 1 } }).png().toFile(path);
}

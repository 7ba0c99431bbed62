import type { ImageSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import type { ChosenImage } from './images.ts';
import type { Workbench } from './workbench.ts';

/** A finger of a hand, as a picture that shows nothing else. */
export interface HandFinger {
  finger: FingerPosition;
  fileName: string;
  source: ImageSource;
}

const fingersOfHand = 4;

/**
 * The four fingers of a photo of a hand. A photo in which they cannot be told apart gives none: which finger is which would be a guess.
 *
 * @throws RequestError('bad-image') for a photo that cannot be read.
 */
export async function cutHand({ engine }: Workbench, { fileName, source }: Pick<ChosenImage, 'fileName' | 'source'>): Promise<HandFinger[] | { reason: string }> {
  const cut = await engine.call('fingers.cut', { image: source });
  const fingers = cut.flatMap(({ position, png }): HandFinger[] => {
    if (position === null) return [];
    const name = `${fileName}, ${position}`;
    return [{ finger: position, fileName: name, source: { kind: 'bytes', bytes: png, name: `${name}.png` } }];
  });
  if (fingers.length === fingersOfHand) return fingers;
  const seen = cut.length === 0 ? 'No finger was' : `${counted(cut.length, 'finger')} ${cut.length === 1 ? 'was' : 'were'}`;
  return { reason: `${seen} found in it, and a whole hand shows four: index, middle, ring and little, parted, on a plain background. Take it again, or offer each finger by itself.` };
}

/** @throws RequestError('invalid-input') for a model that does not look at fingers, and where somebody names a finger as well. */
export function requireHand({ name, recipe }: ModelRecord, finger: FingerPosition | null): void {
  if (recipe.input.pipeline !== 'finger') throw new RequestError('invalid-input', `${name} does not look at fingers, so it finds no hand. Use a finger model (Models), then try again.`);
  if (finger !== null) throw new RequestError('invalid-input', `A whole hand cannot be a ${finger} alone. Name a finger, or take the whole hand.`);
}

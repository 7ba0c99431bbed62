import type { Metadata } from './comparison-list.ts';

/** What a file name of RidgeBase says (Jawade et al., IJCB 2022; the grammar is in the README of the dataset). */
export interface RidgeBaseName {
  readonly path: string;
  readonly sensor: 'contactless' | 'contact';
  readonly session: string;
  readonly person: string;
  readonly hand: 'left' | 'right';
  /** Null for a picture of four fingers. */
  readonly finger: string | null;
  /** What was taken at once: the photo that a finger was cut out of, or the prints of a hand in a session. */
  readonly capture: string;
  /** Of a photo; null of a print. */
  readonly device: string | null;
  readonly background: string | null;
}

/** What the name says of the image itself, as columns to compare groups by. */
export function metadataOfName({ session, hand, finger, sensor, device, background }: RidgeBaseName): Metadata {
  return { session, hand, finger: finger ?? 'four', sensor, device: device ?? '', background: background ?? '' };
}

/** In the order in which they lie in a photo of four, which is how the pieces are numbered. */
const fingers = ['index', 'middle', 'ring', 'little'];

// 1_Apple_14493_1_LEFT_image_fingerprintSMEG5K05_0.png, in training 1_Apple_10727_1_LEFT_image_fingerprint8GIFPDNU_0.8888496160507202_3.png
const contactless = /^(\d+)_([A-Za-z0-9]+)_(\d+)_(\d+)_(left|right)_image_fingerprint([A-Za-z0-9]+)(?:_[01]\.\d+)?(?:_([0-3]))?\.\w+$/i;
// 1_14493_Left_Index.bmp, 1_14493_Left_Four_Fingers.bmp
const contact = /^(\d+)_(\d+)_(left|right)_(index|middle|ring|little|four_?fingers)\.\w+$/i;

/** Null for a file that RidgeBase would not call so. */
export function readRidgeBaseName(path: string): RidgeBaseName | null {
  const file = path.split('/').at(-1)!;
  const photo = contactless.exec(file);
  if (photo !== null) {
    const [, session, device, person, background, hand, random, finger] = photo as unknown as string[];
    return {
      path, sensor: 'contactless', session: session!, person: person!, hand: handOf(hand!), finger: finger === undefined ? null : fingers[Number(finger)]!,
      capture: [session, device, person, background, handOf(hand!), random].join(' '), device: device!, background: background!,
    };
  }
  const [, session, person, hand, finger] = contact.exec(file) ?? [];
  if (session === undefined) return null;
  const name = finger!.toLowerCase();
  return {
    path, sensor: 'contact', session, person: person!, hand: handOf(hand!), finger: name.startsWith('four') ? null : name,
    capture: [session, person, handOf(hand!), 'prints'].join(' '), device: null, background: null,
  };
}

const handOf = (hand: string): 'left' | 'right' => (hand.toLowerCase() === 'left' ? 'left' : 'right');

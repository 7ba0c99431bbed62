import type { SuspectedCopy } from '../../contract/suspected-copies.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { NearPair, SeenPicture } from './near-pairs.ts';
import { distanceOf, nearPairs } from './near-pairs.ts';
import { spectrumOf } from './spectrum.ts';

export interface ThumbnailedImage {
  readonly path: string;
  readonly subject: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnail: Uint8Array;
}

/** Frames of one recording are twice as far from each other. */
const CERTAIN = 0.0005;
/** Four times as far, along a straight line. */
const ABOUT = 16;
/** Fewer about a pair may be further copies; so many are a recording. */
const OTHER_FRAMES = 2;

/**
 * Names the pictures that look like copies of another one: equal up to size, compression, brightness and mirroring. Those of two subjects come
 * first, then the most alike. Pictures that are all but flat are passed over, and so are the frames of one recording: pairs of a subject about which
 * others of it lie hardly farther away.
 *
 * @param images without those of equal pixels, in their order: of two copies the later is named as one `of` the earlier.
 */
export function* suspectedCopies(images: readonly ThumbnailedImage[]): Generator<Progress, SuspectedCopy[]> {
  const seen: (SeenPicture & { image: ThumbnailedImage })[] = images.flatMap((image) => {
    const spectrum = spectrumOf(image.thumbnail);
    return spectrum === null ? [] : [{ image, spectrum, aspect: image.width / image.height }];
  });
  const pairs = yield* nearPairs(seen);
  const isSameSubject = ({ first, second }: NearPair): boolean => seen[first]!.image.subject === seen[second]!.image.subject;
  const ofSubject = Map.groupBy(seen.keys(), (place) => seen[place]!.image.subject);
  const isFrame = (pair: NearPair): boolean => pair.distance > CERTAIN && isAmongFrames(seen, ofSubject.get(seen[pair.first]!.image.subject)!, pair);
  const named = new Set<string>();
  const found = pairs.flatMap((pair): SuspectedCopy[] => {
    const sameSubject = isSameSubject(pair);
    const key = `${pair.second} ${sameSubject}`; // of several copies each is named once
    if (named.has(key) || (sameSubject && isFrame(pair))) return [];
    named.add(key);
    return [{ path: seen[pair.second]!.image.path, of: seen[pair.first]!.image.path, sameSubject, isMirrored: pair.isMirrored }];
  });
  return [...found.filter(({ sameSubject }) => !sameSubject), ...found.filter(({ sameSubject }) => sameSubject)];
}

/** Whether `OTHER_FRAMES` others of the subject are about one of the two pictures. */
function isAmongFrames(seen: readonly SeenPicture[], ofSubject: readonly number[], { first, second, distance }: NearPair): boolean {
  return [first, second].some((place) => {
    let others = 0;
    for (const other of ofSubject) {
      if (other === first || other === second) continue;
      if (distanceOf(seen[place]!.spectrum.fine, seen[other]!.spectrum.fine, ABOUT * distance) !== null) others++;
      if (others === OTHER_FRAMES) return true;
    }
    return false;
  });
}

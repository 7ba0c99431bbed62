import { availableParallelism } from 'node:os';
import type { ImageSource } from '../../contract/engine-port.ts';
import { UnreadableImage } from '../images/open-image.ts';
import type { FaceModels } from './face-models.ts';
import type { AlignedFace } from './face-quality.ts';
import { findFacesIn } from './find-faces.ts';
import { readPhoto } from './photo.ts';
import type { Photo } from './photo.ts';

/** What became of a photo; one that cannot be read says why. */
export type AlignedPhoto = { photo: Photo; faces: AlignedFace[] } | { unreadable: UnreadableImage };

/** Photos that the networks see at once. */
const BATCH = 16;

/**
 * The faces of many photos, in batches in the order of the photos. The next photos are read on the other cores while the networks look at
 * these; at most three batches of photos are in memory.
 */
export async function* alignPhotos(sources: readonly ImageSource[], models: FaceModels): AsyncGenerator<AlignedPhoto[]> {
  const reading: Promise<Photo | UnreadableImage>[] = [];
  const readers = new Readers(availableParallelism());
  for (let first = 0; first < sources.length; first += BATCH) {
    while (reading.length < Math.min(sources.length, first + 2 * BATCH)) reading.push(readers.read(sources[reading.length]!));
    const batch = await Promise.all(reading.slice(first, first + BATCH));
    // Nobody needs them any more.
    reading.fill(Promise.resolve(new UnreadableImage('it was read before')), first, first + batch.length);
    const photos = batch.filter((read): read is Photo => !(read instanceof UnreadableImage));
    const faces = findFacesIn(photos, models);
    let at = 0;
    yield batch.map((read) => (read instanceof UnreadableImage ? { unreadable: read } : { photo: read, faces: faces[at++]! }));
  }
}

/** Reads so many photos at a time. */
class Readers {
  private readonly free: number;
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(count: number) {
    this.free = count;
  }

  async read(source: ImageSource): Promise<Photo | UnreadableImage> {
    if (this.busy >= this.free) await new Promise<void>((resolve) => { this.waiting.push(resolve); });
    else this.busy++;
    try {
      return await readPhoto(source);
    } catch (error) {
      if (error instanceof UnreadableImage) return error;
      throw error;
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.busy--;
    }
  }
}

import { newIdentifier } from './identifiers.ts';
import { recentlyUsed } from './recently-used.ts';

/** A picture somebody handed to the desk, held in memory only and forgotten at exit. */
export interface ShelvedImage {
  fileName: string;
  bytes: Uint8Array;
  width: number;
  height: number;
  sha256: string;
}

export interface ImageShelf {
  put(image: ShelvedImage): string;
  get(imageId: string): ShelvedImage | undefined;
  /** Forgets all of them. */
  clear(): void;
}

const capacityBytes = 512 * 1024 * 1024;

/** The newest pictures, up to 512 MB. */
export function imageShelf(capacity: number = capacityBytes): ImageShelf {
  const images = recentlyUsed<ShelvedImage>(capacity, (image) => image.bytes.byteLength);
  return {
    put: (image) => {
      const imageId = newIdentifier('image');
      images.set(imageId, image);
      return imageId;
    },
    get: (imageId) => images.get(imageId),
    clear: () => { for (const key of [...images.keys()]) images.delete(key); },
  };
}

import type { RenderedImage } from '../contract/wire/desk.ts';
import { recentlyUsed } from './recently-used.ts';

/** Small pictures as the screens show them, in memory only. */
export interface RenderingCache {
  get(imageId: string, maxSide: number): RenderedImage | undefined;
  set(imageId: string, maxSide: number, rendered: RenderedImage): void;
  /** Forgets every size of this picture. */
  forget(imageId: string): void;
  /** Forgets all pictures of a kind: those whose identifier starts so. */
  forgetAll(prefix: string): void;
}

const capacityBytes = 64 * 1024 * 1024;

export function renderingCache(): RenderingCache {
  const renderings = recentlyUsed<RenderedImage>(capacityBytes, (rendered) => rendered.bytes.byteLength);
  const forgetAll = (prefix: string): void => {
    for (const key of [...renderings.keys()]) if (key.startsWith(prefix)) renderings.delete(key);
  };
  return {
    get: (imageId, maxSide) => renderings.get(keyOf(imageId, maxSide)),
    set: (imageId, maxSide, rendered) => renderings.set(keyOf(imageId, maxSide), rendered),
    forget: (imageId) => forgetAll(`${imageId} `),
    forgetAll,
  };
}

function keyOf(imageId: string, maxSide: number): string {
  return `${imageId} ${maxSide}`;
}

import type { CancelableTransform } from '../../evaluation/protection/cancelable-transform.ts';
import { cancelableTransform } from '../../evaluation/protection/cancelable-transform.ts';
import type { OpenedProtection } from '../../store/sealed-gallery/template-protections.ts';

/** The transforms of the keys in use: a matrix takes tenths of a second to draw, and is as secret as its key. */
export interface TransformShelf {
  /** The transform of templates of this size; null where the protection is none. */
  of(protection: OpenedProtection, size: number): CancelableTransform | null;
  forget(): void;
}

/** Of the key in use and the one that replaces it, and of two models. */
const kept = 4;

export function transformShelf(): TransformShelf {
  const drawn = new Map<string, CancelableTransform>();
  return {
    of: ({ id, transform, key }, size) => {
      if (transform === 'none' || key === null) return null;
      const name = `${id} ${size}`;
      const found = drawn.get(name) ?? cancelableTransform(transform, size, key);
      drawn.delete(name);
      drawn.set(name, found);
      if (drawn.size > kept) drawn.delete(drawn.keys().next().value!);
      return found;
    },
    forget: () => { drawn.clear(); },
  };
}

import type { GalleryTransform } from '../../contract/requests/cancelable.ts';

/** In sentences. */
export const transformWords: Readonly<Record<GalleryTransform, string>> = {
  'none': 'no transform', 'random-orthogonal': 'a random orthogonal matrix', 'bio-hash': 'BioHashing', 'mlp-hash': 'MLP-Hash',
};

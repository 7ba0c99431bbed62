import type { GalleryTransform } from './requests/cancelable.ts';

/** In sentences: "under BioHashing". */
export const transformWords: Readonly<Record<GalleryTransform, string>> = {
  'none': 'no transform', 'random-orthogonal': 'a random orthogonal matrix', 'bio-hash': 'BioHashing', 'mlp-hash': 'MLP-Hash',
};

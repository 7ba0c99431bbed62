import type { ZooAnimal } from '../../../contract/requests/explore.ts';

/** The corners of the zoo, after Yager and Dunstone. */
export const animalWords: Record<ZooAnimal, { name: string; plural: string; meaning: string }> = {
  worm: { name: 'worm', plural: 'worms', meaning: 'unlike themselves and like others: errors of both kinds are likely theirs' },
  phantom: { name: 'phantom', plural: 'phantoms', meaning: 'low scores with everybody, themselves included' },
  chameleon: { name: 'chameleon', plural: 'chameleons', meaning: 'high scores with everybody' },
  dove: { name: 'dove', plural: 'doves', meaning: 'like themselves, unlike others: the easiest' },
};

import { seededRandom, shuffled } from '../evaluation/random.ts';
import type { Split } from '../contract/requests/datasets.ts';
import type { Part } from '../contract/vocabulary.ts';

export interface CountedSubject {
  subject: string;
  images: number;
}

const parts: readonly Part[] = ['train', 'validation', 'test'];

/**
 * Gives each identity to one part. Identities go, in the seed's order, to the part that is furthest behind its share;
 * those with two or more images go first, so that each part gets its share of the mated pairs too. Every part is within
 * one identity of its share. The order in which the subjects are given does not matter.
 */
export function splitByIdentity(subjects: readonly CountedSubject[], split: Split): Map<string, Part> {
  const random = seededRandom(split.seed);
  const byName = [...subjects].sort((one, other) => (one.subject < other.subject ? -1 : 1));
  const mixed = shuffled(byName, random);
  const order = [...mixed.filter(({ images }) => images > 1), ...mixed.filter(({ images }) => images <= 1)];
  const given: Record<Part, number> = { train: 0, validation: 0, test: 0 };
  const assigned = new Map<string, Part>();
  for (const [index, { subject }] of order.entries()) {
    const behind = (part: Part): number => split[part] * (index + 1) - given[part];
    const part = parts.reduce((best, candidate) => (behind(candidate) > behind(best) + 1e-9 ? candidate : best));
    given[part]++;
    assigned.set(subject, part);
  }
  return assigned;
}

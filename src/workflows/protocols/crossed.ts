import type { ProtocolPair } from './comparison-list.ts';

/** Something that is compared: an image or a set, whose it is, and what must be the same for a comparison to be mated. */
export interface Side {
  readonly name: string;
  readonly subject: string;
  readonly identity: string;
  /** Only sides of the same split are compared. */
  readonly split: string;
}

/** Every side with every later one, each pair once. */
export function* amongThemselves(sides: readonly Side[]): Generator<ProtocolPair, void> {
  for (const [at, one] of sides.entries()) {
    for (let later = at + 1; later < sides.length; later++) {
      const other = sides[later]!;
      if (one.split === other.split) yield pairOf(one, other);
    }
  }
}

/** Every probe with every reference. */
export function* crossed(references: readonly Side[], probes: readonly Side[]): Generator<ProtocolPair, void> {
  for (const probe of probes) for (const reference of references) if (reference.split === probe.split) yield pairOf(reference, probe);
}

const pairOf = (one: Side, other: Side): ProtocolPair => ({
  sampleA: one.name, sampleB: other.name, subjectA: one.subject, subjectB: other.subject, isMated: one.identity === other.identity, split: one.split,
});

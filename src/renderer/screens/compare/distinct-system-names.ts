import type { ComparableSystem } from '../../../contract/requests/comparisons.ts';

/** Names that differ: with what it was measured on where two are called the same, and with a number where even that is the same. */
export function distinctSystemNames(systems: readonly Pick<ComparableSystem, 'name' | 'detail'>[]): string[] {
  const fuller = systems.map(({ name, detail }) => (systems.filter((other) => other.name === name).length > 1 ? `${name}, ${detail.split(/[\\/]/).at(-1)}` : name));
  return fuller.map((name, at) => {
    const before = fuller.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
